import { expect, test } from 'vitest'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { Effect, Input } from '#shared/smtp/machine/types.ts'
import { auth, bytes, clientOptions, password, text, transaction } from '#test/support/smtp/pump.ts'

test.each([500, 502, 504])('EHLO answered %i: HELO', (code) => {
  const { said, findings, machine } = clientPlay({ transaction: null }, [
    '220 hi',
    `${code} what`,
    '250 hello',
    '221 bye',
  ])
  expect([said, findings]).toEqual([
    ['EHLO client.example\r\n', 'HELO client.example\r\n', 'QUIT\r\n'],
    ['helo-only'],
  ])
  expect(machine.capabilities).toEqual([])
})

test.each(['550 go away', '501 bad name', '451 later'])('EHLO answered %s: refused', (reply) => {
  const { said, findings, outcome } = clientPlay({}, ['220 hi', reply, '221 bye'])
  expect([said.at(-1), findings, outcome?.how]).toEqual(['QUIT\r\n', ['ehlo-rejected'], 'refused'])
})

test('a capability overwritten by a middlebox is noted', () => {
  expect(clientPlay({}, hello('XXXXXXXA')).findings).toEqual(['ehlo-masked'])
})

test('STARTTLS: everything learned is forgotten, EHLO again', () => {
  const { said, machine } = clientPlay({ tls: 'starttls' }, [
    ...hello('STARTTLS', 'SIZE 5'),
    '220 go',
    '250 inside',
  ])
  expect(said.slice(0, 4)).toEqual([
    'EHLO client.example\r\n',
    'STARTTLS\r\n',
    'EHLO client.example\r\n',
    'MAIL FROM:<a@example.org>\r\n',
  ])
  expect(machine.capabilities).toEqual([])
})

test('octets in clear behind the 220 are dropped and noted', () => {
  const { findings, said } = clientPlay({ tls: 'starttls' }, [
    ...hello('STARTTLS'),
    { type: 'bytes', bytes: bytes('220 go\r\n250-evil\r\n250 AUTH PLAIN\r\n') },
  ])
  expect(findings).toEqual(['starttls-plaintext-injected'])
  expect(said.at(-1)).toBe('EHLO client.example\r\n')
})

test.each([
  ['454 no TLS now', 'starttls-refused', 'QUIT\r\n'],
  ['554 never', 'starttls-refused', 'QUIT\r\n'],
  ['250 what', 'starttls-garbage', 'STARTTLS\r\n'],
  ['\x16\x03\x01', 'starttls-garbage', 'STARTTLS\r\n'],
])('STARTTLS answered %j', (reply, code, last) => {
  const { said, findings } = clientPlay({ tls: 'starttls' }, [...hello('STARTTLS'), reply])
  expect([findings, said.at(-1)]).toEqual([[code], last])
})

test('opportunistic TLS that is refused goes on in clear', () => {
  const { said, findings } = clientPlay({ tls: 'opportunistic' }, [...hello('STARTTLS'), '454 not now'])
  expect([said.at(-1), findings]).toEqual(['MAIL FROM:<a@example.org>\r\n', ['starttls-refused']])
})

test.each([[], ['250 a'], ['250 a', '250 b'], ['250 a', '250 b', '354 c']])(
  '421 after %j ends at once',
  (...replies) => {
    const { findings, outcome, said } = clientPlay({}, [...hello(), ...replies.flat(), '421 4.3.2 closing'])
    expect([findings, outcome?.how, outcome?.by]).toEqual([['closed-421'], 'closed', 'server'])
    expect(said).not.toContain('QUIT\r\n')
  },
)

test('replies that nobody asked for are noted, and bounded', () => {
  const few = clientPlay({}, ['220 hi', '250 hello', '250 a', '250 b', '354 c', '250 kept', '221 bye'])
  expect(few.findings).toEqual(['accepted'])
  const waiting = { gate: () => undefined, content: [] }
  const { findings, outcome } = clientPlay({}, [...hello(), '250 a', '250 b', '354 c', ...Array.from({ length: 30 }, () => '250 again')], waiting) // prettier-ignore
  expect([findings, outcome?.how]).toEqual([['bad-sequence'], 'failed'])
})

test('a reply that cannot be read ends the session; one that can is taken and noted once', () => {
  const broken = clientPlay({}, [...hello(), 'no reply at all'])
  expect([broken.findings, broken.outcome?.how]).toEqual([['reply-malformed'], 'failed'])
  const sloppy = clientPlay({ transaction: null }, ['220 hi\n', '250 x\n', '221 bye'])
  expect(sloppy.findings).toEqual(['reply-malformed'])
  expect(sloppy.outcome?.how).toBe('completed')
})

test('an unasked 354 is closed with a dot before anything else is said', () => {
  const { said, findings } = clientPlay({}, [...hello(), '354 give me content', '250 thanks', '221 bye'])
  expect([said.slice(2), findings]).toEqual([['.\r\n', 'QUIT\r\n'], ['bad-sequence']])
})

test('an unasked 334 is cancelled before anything else is said, and told', () => {
  const { said, findings, outcome } = clientPlay({}, [...hello(), '334 VXNlcm5hbWU6', '501 ok', '221 bye'])
  expect(said.slice(2)).toEqual(['*\r\n', 'QUIT\r\n'])
  expect([findings, outcome?.how, outcome?.by]).toEqual([['bad-sequence'], 'failed', 'server'])
  expect(outcome?.message).toBe(
    'The server answered MAIL with 334 and now takes the next line for a response to AUTH.',
  )
})

test.each([
  ['STARTTLS', { tls: 'starttls' }, hello('STARTTLS')],
  ['DATA', {}, [...hello(), '250 a', '250 b']],
  ['the end of the message', { content: ['hi\r\n'] }, [...hello(), '250 a', '250 b', '354 c']],
] as const)('a 334 to %s does not leave the session waiting', (what, options, before) => {
  const { content, ...rest } = { content: [] as readonly string[], ...options }
  const { said, state, outcome } = clientPlay(rest, [...before, '334 ', '501 ok', '221 bye'], {
    content: [...content],
  })
  expect([said.slice(-2), state, outcome?.how]).toEqual([['*\r\n', 'QUIT\r\n'], 'done', 'failed'])
  expect(outcome?.message).toContain(what)
})

test('QUIT ends the session whatever it is answered with', () => {
  for (const reply of ['334 more', '354 go', '550 no'])
    expect(clientPlay({ transaction: null }, [...hello(), reply]).state).toBe('done')
})

test('each reply is noted whole, in the phase of its command', () => {
  const { notes } = clientPlay({ transaction: transaction() }, [...hello(), '550 5.1.8 no'])
  const replies = notes.flatMap((note) =>
    note.kind === 'reply' ? [[note.phase, note.code, note.enhanced]] : [],
  )
  expect(replies).toEqual([
    ['banner', 220, undefined],
    ['ehlo', 250, undefined],
    ['mail', 550, '5.1.8'],
  ])
})

test('a reply without an end is given up: its rest would be taken for answers', () => {
  const lines = Array.from({ length: 1500 }, () => '250-X').join('\r\n')
  for (const reply of [`${lines}\r\n250 ok`, `250 ${'x'.repeat(70_000)}`]) {
    const { findings, outcome, said } = clientPlay({ transaction: null }, ['220 hi', reply])
    expect([findings.at(-1), outcome?.how, said]).toEqual([
      'reply-too-long',
      'failed',
      ['EHLO client.example\r\n'],
    ])
  }
})

test.each([
  ['an unreadable answer', `xx ${password}`],
  ['an unreadable answer that is cut inside the password', `${'x'.repeat(70)} ${password}`],
  ['a reply', `535 5.7.8 no ${password}`],
  ['a malformed reply', `535-no ${password}\r\n530 ${password}`],
])('a password that the server echoes is in nothing that is told: %s', (_name, reply) => {
  const { notes, outcome, result } = clientPlay({ auth: auth('plain'), transaction: null }, [
    ...hello('AUTH PLAIN'),
    reply,
    '221 bye',
  ])
  const shown = notes.map((note) => ('shown' in note ? { ...note, shown: text(note.shown.bytes) } : note))
  expect(JSON.stringify([shown, outcome, result])).not.toContain(password.slice(0, 8))
})

test.each([
  ['login', 'Password', ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6']],
  ['cram-md5', 'local', ['334 PDEuMkBsb2NhbGhvc3Q+']],
] as const)(
  'a challenge that holds the password by chance is answered: %s',
  (mechanism, word, challenges) => {
    const { machine, findings } = clientPlay(
      { auth: { ...auth(mechanism), password: word }, transaction: null },
      [...hello(`AUTH ${mechanism.toUpperCase()}`), ...challenges, '235 ok', '221 bye'],
    )
    expect([machine.authenticated, findings]).toEqual([true, []])
  },
)

test('octets in clear during the handshake are said once, however many come', () => {
  const machine = createClientMachine(clientOptions({ tls: 'starttls', transaction: null }))
  const hear = (input: Input): Effect[] =>
    machine.handle(input).flatMap((effect) => (effect.type === 'send' ? hear({ type: 'sent', id: effect.line.id }) : [effect])) // prettier-ignore
  const inputs: Input[] = ['220 hi', ...hello('STARTTLS').slice(1), '220 go', '250 x', '250 y'].map((line) => ({ type: 'bytes', bytes: bytes(`${line}\r\n`) })) // prettier-ignore
  const effects = [{ type: 'opened' } as const, ...inputs].flatMap(hear)
  expect(machine.state).toBe('handshake')
  expect(effects.filter((effect) => effect.type === 'note' && effect.note.kind === 'finding')).toHaveLength(1)
})
