import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { serverPlay } from '#test/support/smtp/playbook.ts'
import { password, text, user } from '#test/support/smtp/pump.ts'

const base64 = (value: string) => Buffer.from(value).toString('base64')
const after = (lines: string[], change = {}) => serverPlay(change, ['EHLO me', ...lines])
const plain = base64(`\0${user}\0${password}`)

test('PLAIN, with the response in the command and after it', () => {
  expect(after([`AUTH PLAIN ${plain}`]).codes.at(-1)).toBe('235 2.7.0')
  const { codes, machine } = after(['auth plain', plain])
  expect([codes.slice(2), machine.user]).toEqual([['334', '235 2.7.0'], user])
})

test('LOGIN', () => {
  const { said, machine } = after(['AUTH LOGIN', base64(user), base64(password)])
  expect([said.length, said.at(-1)?.slice(0, 3), machine.user]).toEqual([5, '235', user])
})

test('CRAM-MD5 with the challenge that was passed in', () => {
  const digest = createHmac('md5', password).update('<1.2@server.example>').digest('hex')
  const { said, machine } = after(['AUTH CRAM-MD5', base64(`${user} ${digest}`)])
  expect([said[2], machine.user]).toEqual([`334 ${base64('<1.2@server.example>')}\r\n`, user])
})

test.each([
  [['AUTH PLAIN', '*'], '501 5.7.0'],
  [['AUTH PLAIN', 'not base64!'], '501 5.5.2'],
  [['AUTH PLAIN not-base64!'], '501 5.5.2'],
  [['AUTH PLAIN', base64('no separator')], '501 5.5.2'],
  [['AUTH GSSAPI'], '504 5.5.4'],
  [[`AUTH PLAIN ${base64('\0x\0wrong')}`], '535 5.7.8'],
  [[`AUTH PLAIN ${plain}`, `AUTH PLAIN ${plain}`], '503 5.5.1'],
  [['MAIL FROM:<a@b.example>', `AUTH PLAIN ${plain}`], '503 5.5.1'],
  [['AUTH LOGIN', 'x'.repeat(20_000)], '500 5.5.6'],
])('%j: %s', (lines, code) => {
  const { codes, state } = after(lines)
  expect([codes.at(-1), state === 'auth']).toEqual([code, false])
})

test('only after TLS: 538 in clear, offered inside', () => {
  const change = { tls: 'offered', auth: { mechanisms: ['plain'], policy: 'optional', onlyAfterTls: true } }
  expect(after([`AUTH PLAIN ${plain}`], change).codes.at(-1)).toBe('538 5.7.11')
  expect(after(['STARTTLS', 'EHLO me', `AUTH PLAIN ${plain}`], change).codes.at(-1)).toBe('235 2.7.0')
})

test('a mechanism that is not listed is refused although it is known', () => {
  const auth = { mechanisms: ['cram-md5'], policy: 'optional', onlyAfterTls: false }
  expect(after([`AUTH PLAIN ${plain}`], { auth }).codes.at(-1)).toBe('504 5.5.4')
  expect(after(['AUTH PLAIN'], { auth: { ...auth, policy: 'off' } }).codes.at(-1)).toBe('502 5.5.1')
})

test('nothing that the client sent as a secret is in a note, a reply or a finding', () => {
  for (const lines of [
    ['AUTH LOGIN', base64(user), base64(password)],
    [`AUTH PLAIN ${plain}`],
    ['AUTH PLAIN', plain],
    ['AUTH PLAIN', '*', plain],
    ['AUTH NOPE', plain],
  ]) {
    const { notes, said } = after(lines)
    const all = JSON.stringify([said, notes.map((note) => ('shown' in note ? text(note.shown.bytes) : note))])
    for (const secret of [password, plain, base64(password)]) expect(all).not.toContain(secret)
  }
})

const credentials = `${base64(user)}\r\n${base64(password)}\r\n`

test.each([
  ['before EHLO', {}, `AUTH LOGIN\r\n`],
  ['before TLS, which is required', { tls: 'required' }, 'EHLO me\r\nAUTH LOGIN\r\n'],
  ['with a word too many', {}, 'EHLO me\r\nAUTH LOGIN x y\r\n'],
  ['with an old equals sign', {}, 'EHLO me\r\nAUTH=LOGIN\r\n'],
  ['with a tab', {}, 'EHLO me\r\nauth\tlogin\r\n'],
  ['after a space', {}, 'EHLO me\r\n Auth LOGIN\r\n'],
  ['with a bare LF', {}, 'EHLO me\r\nNOOP\nAUTH LOGIN\r\n'],
  ['too long', {}, `EHLO me\r\nAUTH LOGIN ${'x'.repeat(13_000)}\r\n`],
  ['as in IMAP', {}, 'EHLO me\r\na1 authenticate LOGIN\r\n'],
] as const)('what is pipelined after an AUTH that is refused is masked: %s', (_name, change, lines) => {
  const { notes, machine } = serverPlay(change, [lines + credentials])
  const all = notes.map((note) => ('shown' in note ? text(note.shown.bytes) : JSON.stringify(note))).join('')
  expect(machine.user).toBeNull()
  for (const secret of [base64(user), base64(password)]) expect(all).not.toContain(secret)
})

test('after a success, and after a further command, an unknown word is shown again', () => {
  for (const lines of [[`AUTH PLAIN ${plain}`], ['AUTH NOPE', 'NOOP']]) {
    const { notes } = after([...lines, 'XYZ'])
    expect(notes.some((note) => 'shown' in note && text(note.shown.bytes) === 'XYZ\r\n')).toBe(true)
  }
})

test('a person turns the 334 into a refusal: the next line is a command', () => {
  const { codes } = serverPlay({}, ['EHLO me', 'AUTH LOGIN', 'NOOP'], {
    gate: (line) => (line.code === 334 ? new TextEncoder().encode('535 no\r\n') : undefined),
  })
  expect(codes.at(-1)).toBe('250 2.0.0')
})
