import { expect, test } from 'vitest'
import {
  checkCertificate,
  dateWords,
  fingerprintLines,
  firstGuide,
  namesWords,
  refusedFields,
  validity,
} from '#renderer/model/certificates.ts'
import { ownCertificate } from '#test/support/certificates.ts'

const at = (iso: string) => validity(ownCertificate(), Date.parse(iso))
const pem = (name: string) => `-----BEGIN ${name}-----\nAAAA\n-----END ${name}-----`

test('until when: right, soon over, over, not yet', () => {
  expect(at('2030-01-01')).toEqual({ tone: 'good', words: 'valid until 28 February 2036' })
  expect(at('2036-02-18')).toEqual({ tone: 'warn', words: 'valid until 28 February 2036, 10 days left' })
  expect(at('2036-03-01')).toEqual({ tone: 'bad', words: 'ended on 28 February 2036' })
  expect(at('2020-01-01')).toEqual({ tone: 'bad', words: 'not valid before 1 March 2026' })
  expect(dateWords('soon')).toBe('soon')
})
test('names and fingerprint are short enough to read', () => {
  expect(namesWords(['a', 'b', 'c', 'd'])).toBe('a, b, c, and 1 more')
  expect(namesWords([])).toBe('no names')
  expect(fingerprintLines(ownCertificate().fingerprint256).map((line) => line.split(':').length)).toEqual([16, 16]) // prettier-ignore
})
test('what is given is checked before it is sent: name, certificate, key, and what lies in the wrong field', () => {
  const right = { name: 'mx.1', certificate: pem('CERTIFICATE'), key: pem('PRIVATE KEY'), passphrase: '' }
  expect(checkCertificate(right)).toEqual({})
  expect(Object.keys(checkCertificate({ name: '', certificate: '', key: '', passphrase: '' }))).toEqual(['name', 'certificate', 'key']) // prettier-ignore
  expect(checkCertificate({ ...right, name: 'a b' })['name']).toContain('“a b”')
  expect(checkCertificate({ ...right, certificate: right.key })['certificate']).toContain(
    'no certificate in it',
  )
  expect(checkCertificate({ ...right, key: right.certificate })['key']).toContain('no private key in it')
})
test('problems of the engine are sentences at their fields, the first of each', () => {
  expect(
    refusedFields([
      { field: 'name', value: 'mx', message: 'is used by the listener on 127.0.0.1:25' },
      { field: 'name', value: 'mx', message: 'second' },
      { field: 'key', value: '', message: 'is not its key' },
    ]),
  ).toEqual({ name: '“mx” is used by the listener on 127.0.0.1:25.', key: 'It is not its key.' })
})
test('the guide of this computer comes first', () => {
  expect(['linux x64', 'darwin arm64', 'win32 x64', ''].map(firstGuide)).toEqual(['debian', 'macos', 'windows', 'debian']) // prettier-ignore
})
