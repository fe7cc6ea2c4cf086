import { expect, test } from 'vitest'
import { ListenerConfig, type ListenerStatus } from '#shared/rpc/contract/server.ts'
import { statusText } from '../../../../../electron/hosts/terminal/commands/serveText.ts'

const lines = (fields: Partial<ListenerStatus>) => {
  const listener = {
    ...ListenerConfig.parse({ port: 25 }),
    state: 'listening' as const,
    sessions: 0,
    total: 0,
    ...fields,
  }
  return statusText({ listeners: [listener] })
}

test('where, what it is called, what it speaks', () => {
  expect(lines({ actualPort: 25, label: 'M\u001bX', versions: ['1.2', '1.3'], address: '::1' })).toEqual([
    'Listening on [::1]:25 (M\\x1bX), starttls with TLS 1.2, 1.3, AUTH optional',
  ])
  expect(lines({ state: 'off' })).toEqual(['Not listening on 127.0.0.1:25: it is off'])
})

const auth = (fields: Partial<ListenerStatus>) => lines(fields)[0]?.split('starttls, ')[1]

test('sign-in as it is: what cannot be offered is not called optional, and a relay goes by its rules', () => {
  expect(auth({ auth: 'required' })).toBe('AUTH required')
  expect(auth({ authImpossible: true })).toBe('no AUTH')
  expect(auth({ auth: 'off' })).toBe('AUTH off')
  expect(auth({ relay: true })).toBe('AUTH as its rules ask')
  expect(auth({ relay: true, auth: 'required' })).toBe('AUTH required')
  expect(auth({ relay: true, authImpossible: true })).toBe('no AUTH, for its rules have nobody who could sign in here') // prettier-ignore
})

test('what a file of rules gave for an address moves no cursor', () => {
  const said = lines({
    state: 'failed',
    address: `\u009b2J${'x'.repeat(500)}`,
    problem: '"\u009b2J" is no address.',
  })
  expect(said.join()).toMatch(/^Not listening on \\u\{9b\}2Jx{97}:25: "\\u\{9b\}2J" is no address\.$/)
})

test('a mapped port with its reason and the way of this system alone, then what is worth knowing', () => {
  const remedies = [
    { system: 'Linux', words: 'Let it.', command: 'sudo x' },
    { system: 'Linux', words: 'Or so.' },
    { system: 'macOS', words: 'Elsewhere.' },
  ]
  const said = lines({
    actualPort: 2025,
    mapped: { port: 2025, why: 'Low.', remedies },
    notices: ['Short lines.'],
  })
  expect(said).toEqual([
    'Listening on 127.0.0.1:2025, starttls, AUTH optional', '  Low.', '  Let it. sudo x', '  Or so.', '  Short lines.',
  ]) // prettier-ignore
})
