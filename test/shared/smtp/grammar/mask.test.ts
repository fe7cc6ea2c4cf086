import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  announcesSecret,
  maskLine,
  maskSecrets,
  maskWhole,
  unmasked,
  type MaskContext,
} from '#shared/smtp/grammar/mask.ts'
import { octets, text } from '#test/support/cuts.ts'

const M = '********'

function shown(line: string, context?: MaskContext): string {
  const { bytes, masked } = maskLine(octets(line), context)
  for (const { start, end } of masked) expect(text(bytes.subarray(start, end))).toBe(M)
  expect(masked.length).toBe(text(bytes).split(M).length - 1)
  return text(bytes)
}

test.each([
  'EHLO x\r\n', 'AUTH LOGIN\r\n', 'auth cram-md5', 'AUTH', 'AUTH \r\n', 'MAIL FROM:<a@b> AUTH=<>\r\n', 'NOOP\r\n', '\r\n', '',
  'QUIT\n', 'HELP AUTH\r\n', 'AUTHENTIC x\r\n', 'HELP plain words\r\n', 'RCPT TO:<b@c> AUTHOR=x y\r\n', 'EXPLAIN x\r\n', 'LOGIN\r\n', 'PASS\r\n', 'a1 AUTHENTICATE PLAIN\r\n',
])('%j has nothing to hide', (line) => expect(shown(line)).toBe(line)) // prettier-ignore

test.each([
  ['AUTH PLAIN AGEAYg==\r\n', `AUTH PLAIN ${M}\r\n`],
  ['auth  plain \t AGEAYg==\r\n', `auth  plain \t ${M}\r\n`],
  ['AUTH PLAIN AGEA Yg== more\r\n', `AUTH PLAIN ${M}\r\n`],
  ['  AUTH PLAIN x\n', `  AUTH PLAIN ${M}\n`],
  ['AUTH X-NEW secret', `AUTH X-NEW ${M}`],
  ['AUTH\tPLAIN\tsecret\r\n', `AUTH\tPLAIN\t${M}\r\n`],
  ['AUTH AGpvZQBzM2NyZXQ=\r\n', `AUTH ${M}\r\n`],
  ['AUTH AGpvZQBzM2NyZXRzM2NyZXQxMjM0\r\n', `AUTH ${M}\r\n`],
  ['AUTH=PLAIN AGEAYg==\r\n', `AUTH=${M}\r\n`],
  ['PASS hunter2\r\n', `PASS ${M}\r\n`],
  ['pass two words\r\n', `pass ${M}\r\n`],
  ['LOGIN joe hunter2\r\n', `LOGIN ${M}\r\n`],
  ['a1 LOGIN joe hunter2\r\n', `a1 LOGIN ${M}\r\n`],
  ['a1 AUTHENTICATE PLAIN AGEAYg==\r\n', `a1 AUTHENTICATE PLAIN ${M}\r\n`],
  ['APOP joe c4c9334bac560ecc979e58001b3e22fb\r\n', `APOP joe ${M}\r\n`],
  ['Authorization: Basic am9lOng=\r\n', `Authorization: ${M}\r\n`],
  ['proxy-authorization:Basic am9lOng=\r\n', `proxy-authorization:${M}\r\n`],
  // Clients that end lines otherwise put several commands into one line.
  ['EHLO x\nAUTH PLAIN secret\nMAIL FROM:<a@b>\r\n', `EHLO x\nAUTH PLAIN ${M}\n${M}\r\n`],
  ['NOOP\rAUTH LOGIN\rdXNlcg==\rcGFzcw==\r\n', `NOOP\rAUTH LOGIN\r${M}\r${M}\r\n`],
  ['\0AUTH PLAIN secret\r\n', `\0AUTH PLAIN ${M}\r\n`],
  // Mistyped, run into another line, or behind the content of a BDAT.
  ['AUHT PLAIN AGEAYg==\r\n', `AUHT PLAIN ${M}\r\n`],
  ['UTH scram-sha-256 x y\r\n', `UTH scram-sha-256 ${M}\r\n`],
  ['MAIL FROM:<x@y.example>UTH PLAIN AGpvZQBzM2NyZXQ=\r\n', `MAIL FROM:<x@y.example>UTH PLAIN ${M}\r\n`],
  ['LAIN AGpvZQBzM2NyZXQ=\r\n', `LAIN ${M}\r\n`],
  ['AGpvZQBzM2NyZXQ=\r\n', `${M}\r\n`],
  ['BDAT 5\r\nHELLOAUTH X-OWN AGEAYg==\r\n', `BDAT 5\r\nHELLOAUTH X-OWN ${M}\r\n`],
  ['BDAT 5\r\nNOOP AUTH X-OWN AGEAYg==\r\n', `BDAT 5\r\nNOOP AUTH X-OWN ${M}\r\n`],
])('%j is shown as %j', (line, expected) => expect(shown(line)).toBe(expected))

test.each([
  ['AGEAYg==\r\n', `${M}\r\n`],
  ['QUIT\r\n', `${M}\r\n`],
  ['*\r\n', '*\r\n'],
  [' *\r\n', `${M}\r\n`],
  ['** \r\n', `${M}\r\n`],
  ['a\nb\r\n', `${M}\n${M}\r\n`],
])('inside an exchange %j is shown as %j', (line, expected) =>
  expect(shown(line, { exchange: true })).toBe(expected),
)

test.each([
  ['AGEAYg==\r\n', `${M}\r\n`],
  ['two words\r\n', `${M}\r\n`],
  ['*\r\n', '*\r\n'],
  ['MAIL FROM:<a@b>\r\n', 'MAIL FROM:<a@b>\r\n'],
  ['quit\r\n', 'quit\r\n'],
  ['AUTH PLAIN x\r\n', `AUTH PLAIN ${M}\r\n`],
  [' QUIT\r\n', `${M}\r\n`],
  ['\r\n', '\r\n'],
])('after a refused AUTH %j is shown as %j', (line, expected) =>
  expect(shown(line, { refused: true })).toBe(expected),
)

test('a whole line is hidden whatever its length, its line end kept', () => {
  for (const line of ['', 'a', 'a'.repeat(50), '*'])
    expect(text(maskWhole(octets(line + '\r\n')).bytes)).toBe(`${M}\r\n`)
  expect(maskWhole(octets('ab')).masked).toEqual([{ start: 0, end: 8 }])
})

test('nothing to hide is the same array', () => {
  const bytes = octets('NOOP\r\n')
  expect(unmasked(bytes)).toEqual({ bytes, masked: [] })
  expect(maskLine(bytes).bytes).toBe(bytes)
})

test('known secrets are masked from here too', () => {
  expect(text(maskSecrets(octets('535 no hunter2'), ['hunter2']).bytes)).toBe(`535 no ${M}`)
})

test('whatever stands after AUTH and a mechanism is never shown', () => {
  const space = fc.stringMatching(/^[ \t]{1,3}$/)
  const verb = fc.constantFrom('AUTH', 'auth', 'Auth', 'aUtH')
  const mechanism = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/)
  const secret = fc.stringMatching(/^[!-~][ -~]{0,20}$/).filter((s) => !s.includes('*'))
  const context = fc.record({ exchange: fc.boolean(), refused: fc.boolean() })
  fc.assert(
    fc.property(verb, space, mechanism, space, secret, context, (a, s1, b, s2, c, around) => {
      const line = a + s1 + b + s2
      expect([line + M + '\r\n', M + '\r\n']).toContain(shown(line + c + '\r\n', around))
    }),
  )
})

test('never throws on any octets; line ends stay, and the size is bounded', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), fc.boolean(), (bytes, exchange, refused) => {
      const { bytes: out } = maskLine(bytes, { exchange, refused })
      expect(text(out).replace(/[^\r\n]/g, '')).toBe(text(bytes).replace(/[^\r\n]/g, ''))
      expect(out.length).toBeLessThanOrEqual(8 * bytes.length)
    }),
  )
})

test('of a whole line only the line end at its end is kept', () => {
  expect(text(maskWhole(octets('a\r\nb\r\n\r\n')).bytes)).toBe(`${M}\r\n\r\n`)
})

test('after an AUTH, what looks like a login of another protocol may begin with the secret', () => {
  expect(shown('c2VjcmV0 LOGIN me\r\n', { refused: true })).toBe(`${M}\r\n`)
  expect(shown('a1 LOGIN me\r\n')).toBe(`a1 LOGIN ${M}\r\n`)
  expect(shown('AUTH PLAIN c2VjcmV0\r\n', { refused: true })).toBe(`AUTH PLAIN ${M}\r\n`)
})

test.each([
  ['AUTH LOGIN\r\n', true],
  ['auth=plain', true],
  [' \tAuth\r\n', true],
  ['NOOP\rAUTH LOGIN\r\n', true],
  ['a1 AUTHENTICATE PLAIN\r\n', true],
  ['AUTHOR\r\n', false],
  ['HELP AUTH\r\n', false],
])('%j announces a secret: %s', (line, expected) => {
  expect(announcesSecret(octets(line))).toBe(expected)
})

const now = (line: string, refused: boolean) => text(maskLine(octets(line), { refused }).bytes)
test('the rest of a secret that ran into a command is hidden while an AUTH has not succeeded', () => {
  const rest = 'HVzZXIAdHlwZWQtUGFzc3cwcmQ='
  expect(now(`RCPT TO:<z@y.example>${rest}\r\n`, true)).toBe('RCPT TO:<z@y.example>********\r\n')
  for (const plain of [
    'RCPT TO:<a.very.long.local.part@y.example> NOTIFY=SUCCESS,FAILURE\r\n',
    'MAIL FROM:<> BODY=8BITMIME\r\n',
  ])
    expect(now(plain, true)).toBe(plain)
  expect(now('EHLO averylonghostname\r\n', false)).toBe('EHLO averylonghostname\r\n')
})
