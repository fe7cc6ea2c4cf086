import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knownVerb, knownVerbs, parseCommand, type Command } from '#shared/smtp/grammar/command.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import { octets } from '#test/support/cuts.ts'

const good: [string, Command][] = [
  ['EHLO client.example.org', { verb: 'EHLO', name: 'client.example.org' }],
  ['ehlo [192.0.2.1]', { verb: 'EHLO', name: '[192.0.2.1]' }],
  ['HELO x', { verb: 'HELO', name: 'x' }],
  ['STARTTLS', { verb: 'STARTTLS' }],
  ['StartTls', { verb: 'STARTTLS' }],
  ['AUTH PLAIN', { verb: 'AUTH', mechanism: 'PLAIN', initial: null }],
  ['AUTH plain =', { verb: 'AUTH', mechanism: 'PLAIN', initial: '=' }],
  ['auth cram-md5', { verb: 'AUTH', mechanism: 'CRAM-MD5', initial: null }],
  ['AUTH PLAIN AGEAYg==', { verb: 'AUTH', mechanism: 'PLAIN', initial: 'AGEAYg==' }],
  ['MAIL FROM:<>', { verb: 'MAIL', path: '', parameters: [] }],
  ['mail from:<a@b> SIZE=5 body=7bit', { verb: 'MAIL', path: 'a@b', parameters: [{ keyword: 'SIZE', value: '5' }, { keyword: 'BODY', value: '7bit' }] }],
  ['RCPT TO:<Postmaster>', { verb: 'RCPT', path: 'Postmaster', parameters: [] }],
  ['RCPT TO:<"a b"@c> NOTIFY=NEVER', { verb: 'RCPT', path: '"a b"@c', parameters: [{ keyword: 'NOTIFY', value: 'NEVER' }] }],
  ['MAIL FROM:<é@b> SMTPUTF8', { verb: 'MAIL', path: 'é@b', parameters: [{ keyword: 'SMTPUTF8' }] }],
  ['DATA', { verb: 'DATA' }],
  ['BDAT 0 LAST', { verb: 'BDAT', size: 0, last: true }],
  ['bdat 1000', { verb: 'BDAT', size: 1000, last: false }],
  ['RSET', { verb: 'RSET' }],
  ['NOOP', { verb: 'NOOP', text: '' }],
  ['NOOP anything at all', { verb: 'NOOP', text: 'anything at all' }],
  ['VRFY joe', { verb: 'VRFY', text: 'joe' }],
  ['EXPN list', { verb: 'EXPN', text: 'list' }],
  ['HELP', { verb: 'HELP', text: '' }],
  ['HELP mail', { verb: 'HELP', text: 'mail' }],
  ['QUIT', { verb: 'QUIT' }],
  ['GET / HTTP/1.1', { verb: 'unknown', word: 'GET' }],
  ['', { verb: 'unknown', word: '' }],
  [' EHLO x', { verb: 'unknown', word: '' }],
  ['EHLOX y', { verb: 'unknown', word: 'EHLOX' }],
  ['DATA:', { verb: 'unknown', word: 'DATA:' }],
] // prettier-ignore

test.each(good)('%j is read, with and without its line end', (line, command) => {
  expect(parseCommand(utf8(line))).toEqual({ ok: true, command, lenient: [] })
  expect(parseCommand(utf8(line + '\r\n'))).toEqual({ ok: true, command, lenient: [] })
})

test.each([
  ['MAIL FROM: <a@b>', ['space after FROM:']],
  ['RCPT TO:  <a@b>', ['space after TO:']],
  ['MAIL  FROM:<a@b>', ['more than one space after MAIL']],
  ['MAIL FROM:a@b', ['path without angle brackets']],
  ['MAIL FROM:<a@b>  SIZE=1', ['more than one space between parameters']],
  ['RCPT TO:<@r:a@b>', ['source route, ignored']],
  ['RCPT TO:<a@b_c>', ['underscore in a domain']],
  ['EHLO my printer', ['EHLO name is not a domain or an address literal']],
  ['EHLO 192.0.2.1', ['EHLO name is not a domain or an address literal']],
  ['HELO [300.1.1.1]', ['HELO name is not a domain or an address literal']],
  ['EHLO my_host', ['underscore in a domain']],
  ['QUIT  ', ['space at the end of the line']],
  ['BDAT 5  LAST', ['more than one space between parameters']],
])('%j is tolerated and named', (line, lenient) => {
  expect(parseCommand(utf8(line))).toMatchObject({ ok: true, lenient })
})

describe.each([
  ['EHLO', 501, '5.5.4', 'EHLO', 'a domain or an address literal'],
  [`HELO ${'x'.repeat(256)}`, 501, '5.5.4', 'HELO', 'more than 255'],
  ['STARTTLS now', 501, '5.5.4', 'STARTTLS', 'without an argument'],
  ['DATA x', 501, '5.5.4', 'DATA', 'without an argument'],
  ['AUTH', 501, '5.5.4', 'AUTH', 'name of a mechanism'],
  ['AUTH pässword', 501, '5.5.4', 'AUTH', 'name of a mechanism'],
  ['AUTH PLAIN a b', 501, '5.5.4', 'AUTH', 'one initial response'],
  ['MAIL', 501, '5.5.4', 'MAIL', 'write MAIL FROM:<local@domain>'],
  ['MAIL FROM', 501, '5.5.4', 'MAIL', 'write MAIL FROM:<local@domain>'],
  ['MAIL FROM:', 501, '5.5.4', 'MAIL', 'write MAIL FROM:<local@domain>'],
  ['MAIL TO:<a@b>', 501, '5.5.4', 'MAIL', 'write MAIL FROM:<local@domain>'],
  ['MAIL FROM:<a>', 501, '5.1.7', 'reverse-path', 'missing @'],
  ['MAIL FROM:<Postmaster>', 501, '5.1.7', 'reverse-path', 'missing @'],
  ['RCPT TO:<>', 501, '5.1.3', 'forward-path', 'empty'],
  ['RCPT TO:<a@b@c>', 501, '5.1.3', 'forward-path, domain', 'two @'],
  ['RCPT TO:<a@b>x', 501, '5.5.4', 'RCPT', 'a space between path and parameters'],
  ['MAIL FROM:<a@b> SIZE=', 501, '5.5.4', 'parameter', 'SIZE='],
  ['BDAT', 501, '5.5.4', 'BDAT', 'a number of octets'],
  ['BDAT -1', 501, '5.5.4', 'BDAT', 'a number of octets'],
  ['BDAT 5 FIRST', 501, '5.5.4', 'BDAT', 'a number of octets'],
  ['BDAT 9999999999999999', 501, '5.5.4', 'BDAT', 'a number of octets'],
  ['VRFY', 501, '5.5.4', 'VRFY', 'and a name'],
  ['EXPN ', 501, '5.5.4', 'EXPN', 'and a name'],
  ['NOOP a\rRSET', 500, '5.5.2', 'NOOP', '\\x0d'],
  ['MAIL FROM:<a@b>\nRCPT TO:<c@d>', 500, '5.5.2', 'MAIL', '\\x0a'],
  ['x\0y', 500, '5.5.2', 'command', '\\x00'],
])('%j', (line, code, enhanced, field, words) => {
  test(`is refused with ${code} ${enhanced} for ${field}`, () => {
    const read = parseCommand(utf8(line))
    expect(read).toMatchObject({ ok: false, problem: { code, enhanced, field } })
    expect(read.ok || read.problem.expected).toContain(words)
  })
})

test('a problem says which known verb the line began with', () => {
  expect(parseCommand(utf8('mail x'))).toMatchObject({ problem: { verb: 'MAIL' } })
  expect(parseCommand(octets('\x16\x03\x01'))).toMatchObject({ ok: false, problem: { field: 'command' } })
})

test('what may be a secret is in no problem', () => {
  for (const line of [
    'AUTH s3cret!',
    'AUTH PLAIN a s3cret!',
    'AUTH PLAIN s3cret!\0',
    's3cret!\0',
    '\ts3cret!',
    'NOOP\nAUTH PLAIN s3cret!',
  ])
    expect(JSON.stringify(parseCommand(utf8(line)))).not.toContain('s3cret!')
})

test('octets that are not UTF-8 are read one by one', () => {
  expect(parseCommand(octets('NOOP \xff'))).toMatchObject({ ok: true, command: { text: 'ÿ' } })
})

test('the verb of a line is known in any case, and only as a whole word', () => {
  for (const verb of knownVerbs) {
    expect(knownVerb(octets(verb.toLowerCase()))).toBe(verb)
    expect(knownVerb(octets(verb + ' x\r\n'))).toBe(verb)
    expect(knownVerb(octets(verb + '\r\n'))).toBe(verb)
    expect(knownVerb(octets(verb + 'x'))).toBeNull()
    expect(knownVerb(octets(' ' + verb))).toBeNull()
  }
})

test('never throws on any octets, and no result holds a line end', () => {
  const lead = fc.constantFrom('', 'MAIL FROM:', 'RCPT TO:<', 'AUTH ', 'BDAT ', 'EHLO ', 'mail from: <a@b> ')
  fc.assert(
    fc.property(lead, fc.uint8Array({ maxLength: 40 }), (start, tail) => {
      const read = parseCommand(Uint8Array.from([...utf8(start), ...tail]))
      JSON.stringify(read, (_, value: unknown) => {
        if (typeof value === 'string') expect(value).not.toMatch(/[\r\n\0]/)
        return value
      })
    }),
    { numRuns: 2000 },
  )
})

test('spaces in the middle of an argument stay, those at the end are named', () => {
  expect(parseCommand(utf8('NOOP a   b  '))).toMatchObject({
    command: { text: 'a   b' },
    lenient: ['space at the end of the line'],
  })
})
