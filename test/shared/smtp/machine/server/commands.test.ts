import { describe, expect, test } from 'vitest'
import { serverExtensions } from '#shared/smtp/machine/options.ts'
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import { Player, serverPlay } from '#test/support/smtp/playbook.ts'
import { bytes, serverOptions, text } from '#test/support/smtp/pump.ts'

const after = (lines: string[], change = {}) => serverPlay(change, ['EHLO me', ...lines]).codes.slice(2)

test.each([
  ['NOOP', '250 2.0.0'], ['NOOP with words', '250 2.0.0'], ['RSET', '250 2.0.0'], ['HELP', '214 2.0.0'],
  ['VRFY someone', '252 2.5.2'], ['EXPN list', '252 2.5.2'], ['QUIT', '221 2.0.0'], ['EHLO', '501 5.5.4'],
  ['XYZZY', '500 5.5.1'], ['MAIL TO:<a@b.example>', '501 5.5.4'], ['RSET now', '501 5.5.4'], ['RCPT TO:<a@b.example>', '503 5.5.1'],
  ['DATA', '503 5.5.1'], ['STARTTLS', '502 5.5.1'], ['BDAT x', '501 5.5.4'], ['MAIL FROM:<no', '501 5.1.7'],
])('%s: %s', (line, code) => {
  expect(after([line])).toEqual([code])
}) // prettier-ignore

test('before EHLO only what needs no name is carried out', () => {
  const { codes } = serverPlay({}, [
    'NOOP',
    'MAIL FROM:<a@b.example>',
    'AUTH PLAIN',
    'DATA',
    'RSET',
    'HELO me',
  ])
  expect(codes.slice(1).map((code) => code.slice(0, 3))).toEqual(['250', '503', '503', '503', '250', '250'])
})

test('EHLO in a transaction ends it', () => {
  expect(after(['MAIL FROM:<a@b.example>', 'EHLO me', 'RCPT TO:<a@b.example>']).at(-1)).toBe('503 5.5.1')
})

test('TLS required: nothing but EHLO, NOOP, STARTTLS, QUIT before it (RFC 3207 §4)', () => {
  const change = { tls: 'required' }
  expect(after(['MAIL FROM:<a@b.example>', 'AUTH PLAIN', 'RSET', 'VRFY x', 'NOOP'], change)).toEqual([
    '530 5.7.0', '530 5.7.0', '530 5.7.0', '530 5.7.0', '250 2.0.0',
  ]) // prettier-ignore
})

test('STARTTLS: sequence and arguments', () => {
  const change = { tls: 'offered' }
  expect(after(['STARTTLS now'], change)).toEqual(['501 5.5.4'])
  expect(after(['MAIL FROM:<a@b.example>', 'STARTTLS'], change).at(-1)).toBe('503 5.5.1')
  expect(after(['STARTTLS', 'EHLO me', 'STARTTLS'], change)).toEqual([
    '220 2.0.0',
    expect.any(String),
    '503 5.5.1',
  ])
  expect(serverPlay({ tls: 'offered' }, ['STARTTLS']).codes.at(-1)).toBe('503 5.5.1')
})

test.each([
  'POST / HTTP/1.1\r\nHost: x\r\n\r\nEHLO me\r\nMAIL FROM:<a@b.example>',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nEHLO me\r\n',
])('HTTP on the port, %j: refused at once, and nothing of its body carried out', (request) => {
  const { codes, findings, outcome } = serverPlay({}, [request])
  expect([codes.slice(1), findings, outcome?.how]).toEqual([['554 5.5.1'], ['unknown-command'], 'refused'])
})

test('a line over the limit is refused and the next one is read', () => {
  const { codes, findings, notes } = serverPlay({ limits: { line: 100 } }, [
    'EHLO me',
    `NOOP ${'x'.repeat(200)}`,
    `NOOP ${'x'.repeat(20_000)}`,
    'NOOP',
  ])
  expect([codes.slice(2), findings]).toEqual([
    ['500 5.5.2', '500 5.5.2', '250 2.0.0'],
    ['line-too-long', 'line-too-long'],
  ])
  expect(notes.find((note) => note.kind === 'line' && note.cutFrom !== undefined)).toMatchObject({
    cutFrom: 20_007,
  })
})

test('a bare LF or CR ends no command and is refused', () => {
  const { codes, findings } = serverPlay({}, ['EHLO me', 'NOOP\nQUIT', 'NOOP\rQUIT'])
  expect([codes.slice(2), findings]).toEqual([
    ['500 5.5.2', '500 5.5.2'],
    ['bare-newline-rejected', 'bare-newline-rejected'],
  ])
})

test('too many commands, too many errors: 421', () => {
  expect(after(['NOOP', 'NOOP', 'NOOP'], { limits: { commands: 3 } })).toEqual([
    '250 2.0.0',
    '250 2.0.0',
    '421 4.7.0',
  ])
  expect(after(['A', 'B', 'C', 'D'], { limits: { errors: 2 } })).toEqual([
    '500 5.5.1',
    '500 5.5.1',
    '421 4.7.0',
  ])
})

test('without ENHANCEDSTATUSCODES none is said', () => {
  expect(serverPlay({ extensions: [] }, ['EHLO me', 'NOOP']).said.at(-1)).toBe('250 OK\r\n')
})

test('each line is noted with its verb; a secret after a refused AUTH is masked', () => {
  const auth = { mechanisms: [], policy: 'off', onlyAfterTls: true } as const
  const { notes } = serverPlay({ auth: { ...auth, mechanisms: [] } }, [
    'EHLO me',
    'AUTH LOGIN',
    'c2VjcmV0',
    'noop',
  ])
  const lines = notes.flatMap((note) => (note.kind === 'line' ? [[text(note.shown.bytes), note.verb]] : []))
  expect(lines).toEqual([
    ['EHLO me\r\n', 'EHLO'],
    ['AUTH LOGIN\r\n', 'AUTH'],
    ['********\r\n', undefined],
    ['noop\r\n', 'NOOP'],
  ])
})

test('octets of other alphabets are no command and no fault of the machine', () => {
  const { codes } = serverPlay({}, [{ type: 'bytes', bytes: bytes('\xff\xfe\0\r\nNOOP\r\n') }])
  expect(codes.slice(1)).toEqual(['500 5.5.2', '250 2.0.0'])
})

test('what is tolerated although the grammar forbids it is said, once each', () => {
  const { notes, codes } = serverPlay({}, [
    'EHLO not_a-domain!',
    'MAIL FROM: a@b.example',
    'RCPT TO:<@hop.example:c@d.example>',
    'RCPT TO: <e@f.example> ',
    'RSET',
    'MAIL FROM: a@b.example',
  ])
  expect(codes.every((code) => code.startsWith('2'))).toBe(true)
  const said = notes.flatMap((note) => (note.kind === 'finding' ? [note] : []))
  expect(said.every(({ code, severity, side }) => `${code} ${severity} ${side}` === 'syntax-tolerated info client')).toBe(true) // prettier-ignore
  expect(said.map(({ phase, message }) => `${phase}: ${/\((.*)\)\.$/.exec(message)?.[1]}`)).toEqual([
    'ehlo: EHLO name is not a domain or an address literal',
    'mail: space after FROM:',
    'mail: path without angle brackets',
    'rcpt: source route, ignored',
    'rcpt: space at the end of the line',
    'rcpt: space after TO:',
  ])
})

const without = (name: string) => ({ extensions: serverExtensions.filter((one) => one !== name) })

test.each([
  ['SIZE', 'MAIL FROM:<a@b.example> SIZE=5', '555 5.5.4'],
  ['DSN', 'MAIL FROM:<a@b.example> RET=HDRS', '555 5.5.4'],
  ['SMTPUTF8', 'MAIL FROM:<a@b.example> SMTPUTF8', '555 5.5.4'],
  ['SMTPUTF8', 'MAIL FROM:<ä@b.example>', '553 5.6.7'],
  ['BINARYMIME', 'MAIL FROM:<a@b.example> BODY=BINARYMIME', '501 5.5.4'],
  ['REQUIRETLS', 'MAIL FROM:<a@b.example> REQUIRETLS', '555 5.5.4'],
  ['HELP', 'HELP', '502 5.5.1'],
  ['ENHANCEDSTATUSCODES', 'NOOP', '250'],
])('without %s it is not announced, and %j is %s', (name, line, code) => {
  const { said, codes } = serverPlay(without(name), ['EHLO me', line])
  expect(said.join('')).not.toContain(`250-${name}`)
  expect(codes.at(-1)).toBe(code)
})

test('without 8BITMIME and BINARYMIME no BODY is taken', () => {
  const change = { extensions: serverExtensions.filter((name) => !/^(?:8BIT|BINARY)MIME$/.test(name)) }
  expect(after(['MAIL FROM:<a@b.example> BODY=8BITMIME'], change)).toEqual(['555 5.5.4'])
})

test('without CHUNKING a chunk is 502, and its octets are no commands', () => {
  const lines = ['MAIL FROM:<a@b.example>', 'RCPT TO:<a@b.example>', 'BDAT 6 LAST\r\nNOOP\r\n', 'NOOP']
  expect(after(lines, without('CHUNKING')).slice(2)).toEqual(['502 5.5.1', '250 2.0.0'])
})

test('without CHUNKING a chunk leaves the transaction for DATA, as any command that is not offered', () => {
  const lines = ['MAIL FROM:<a@b.example>', 'RCPT TO:<a@b.example>', 'BDAT 3 LAST\r\na\r\n', 'DATA', 'x\r\n.']
  expect(after(lines, without('CHUNKING')).slice(2)).toEqual(['502 5.5.1', '354', '250 2.0.0'])
})

/** Whole: octet by octet no command stands behind another. */
const heard = (...pieces: string[]) => heardBy(without('PIPELINING'), ...pieces)
const heardBy = (change: Parameters<typeof serverOptions>[0], ...pieces: string[]) => {
  const player = new Player(createServerMachine(serverOptions(change)))
  player.feed({ type: 'opened' })
  for (const piece of ['EHLO me', ...pieces]) player.hear(piece, false)
  return { codes: player.said.slice(2).map((line) => line.slice(0, 9)), findings: player.played().findings }
}

describe('without PIPELINING', () => {
  const all = 'MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nNOOP\r\n'
  test('what was not waited for is 503, and said once', () => {
    expect(heard(all)).toEqual({ codes: ['250 2.1.0', '503 5.5.1', '503 5.5.1'], findings: ['bad-sequence'] })
  })

  test('a client that waits is served, and QUIT always', () => {
    expect(heard(...all.trim().split('\r\n'), 'RSET\r\nQUIT\r\n')).toEqual({
      codes: ['250 2.1.0', '250 2.1.5', '250 2.0.0', '250 2.0.0', '221 2.0.0'],
      findings: [],
    })
  })

  test('the octets of a chunk are no commands that were not waited for', () => {
    const lines = ['MAIL FROM:<a@b.example>', 'RCPT TO:<c@d.example>', 'BDAT 3 LAST\r\na\r\n']
    expect(heard(...lines).codes.at(-1)).toBe('250 2.0.0')
  })
})

describe('a chunk that is refused before it is looked at: what its sender wrote into it is no command', () => {
  const written = 'RSET\r\nMAIL FROM:<x@evil.example>\r\n'
  const chunk = (size: string) => `BDAT ${size} LAST\r\n${written}NOOP\r\n`
  const size = String(written.length)

  test('not waited for, without PIPELINING', () => {
    const { codes } = heard('MAIL FROM:<a@b.example>', `RCPT TO:<c@d.example>\r\n${chunk(size)}`)
    expect(codes).toEqual(['250 2.1.0', '250 2.1.5', '503 5.5.1', '250 2.0.0'])
  })

  test.each([
    ['longer than a command line', { limits: { line: 16 } }, chunk(size.padStart(10, '0')), ['500 5.5.2', '250 2.0.0']],
    ['before TLS that is required', { tls: 'required' } as const, chunk(size), ['530 5.7.0', '250 2.0.0']],
    ['so long that its line was cut', {}, chunk(size + ' '.repeat(20_000)), ['501 5.5.4']],
    ['with a bare CR', {}, chunk(`${size}\r`), ['501 5.5.4']],
    ['with a bare LF', {}, chunk(`${size}\n`), ['501 5.5.4']],
  ])('%s', (_, change, lines, codes) => {
    expect(heardBy(change, lines).codes).toEqual(codes)
  }) // prettier-ignore
})
