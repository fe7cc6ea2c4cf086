import { expect, test } from 'vitest'
import { listenerProblems } from '#engine/server/listenerProblems.ts'
import { ListenerConfig } from '#shared/rpc/contract/server.ts'

const problems = (fields: object, names: string[] = []) =>
  listenerProblems(ListenerConfig.parse({ port: 2525, ...fields }), 3, names)

test('rules as the presets have them are right', () => {
  const tlsVersions = { min: '1.0', max: '1.2' }
  expect(
    problems({ label: 'Old', tlsVersions, extensions: ['SIZE'], ciphers: 'HIGH', mappedPort: 0 }),
  ).toEqual([])
  expect(problems({ certificate: 'mine' }, ['mine'])).toEqual([])
})

test.each([
  [{ label: 'a\nb' }, 'label', /control character/],
  [{ mappedPort: 2525 }, 'mappedPort', /the port itself/],
  [{ tlsVersions: { min: '1.3', max: '1.2' } }, 'tlsVersions', /above the highest/],
  [{ ciphers: 'NOSUCH' }, 'ciphers', /NOSUCH/],
  [{ certificate: 'mine' }, 'certificate', /no certificate here/],
  [{ extensions: ['BINARYMIME'] }, 'extensions', /needs CHUNKING/],
  [{ extensions: ['SIZE', 'SIZE'] }, 'extensions', /twice/],
  [{ clientCa: 'nonsense' }, 'clientCa', /cannot be read/],
])('%j: %s is named', (fields, field, words) => {
  const found = problems(fields, field === 'certificate' ? ['other'] : [])
  expect(found).toEqual([
    { field: `listeners[3].${field}`, value: expect.any(String), message: expect.stringMatching(words) },
  ])
})
