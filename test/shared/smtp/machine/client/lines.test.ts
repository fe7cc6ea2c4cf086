import { expect, test } from 'vitest'
import { authLine, cancelLine, commandLine, endLine, mailParameters, needsUtf8, responseLine } from '#shared/smtp/machine/client/lines.ts' // prettier-ignore
import { bytes, text, transaction } from '#test/support/smtp/pump.ts'

test('a command carries verb, phase and its octets, shown as they are', () => {
  const line = commandLine({ verb: 'RCPT', path: 'a@b.example', parameters: [] })
  expect([line.verb, line.phase, text(line.bytes), line.shown.masked]).toEqual([
    'RCPT',
    'rcpt',
    'RCPT TO:<a@b.example>\r\n',
    [],
  ])
})

test('an initial response and every answer to a challenge are masked beside the octets', () => {
  const secret = { bytes: bytes('\0user\0secret'), secret: true }
  const line = authLine('PLAIN', secret)
  expect(text(line.shown.bytes)).toBe('AUTH PLAIN ********\r\n')
  expect(text(line.bytes)).toBe('AUTH PLAIN AHVzZXIAc2VjcmV0\r\n')
  expect(text(responseLine({ bytes: bytes('user'), secret: false }).shown.bytes)).toBe('********\r\n')
  expect(text(authLine('LOGIN', null).shown.bytes)).toBe('AUTH LOGIN\r\n')
  expect(text(cancelLine().shown.bytes)).toBe('*\r\n')
})

test('the end of data begins a line', () => {
  expect([text(endLine().bytes), text(endLine(false).bytes)]).toEqual(['.\r\n', '\r\n.\r\n'])
})

test('parameters of MAIL: a person’s own come first and are not doubled', () => {
  const own = transaction(undefined, { fromParameters: [{ keyword: 'SIZE', value: '1' }], eightBit: true })
  const offer = [
    { keyword: 'SIZE', parameters: [] },
    { keyword: '8BITMIME', parameters: [] },
  ]
  expect(mailParameters(own, offer)).toEqual([
    { keyword: 'SIZE', value: '1' },
    { keyword: 'BODY', value: '8BITMIME' },
  ])
  expect(mailParameters(own, [])).toHaveLength(1)
})

test('SMTPUTF8 is needed for UTF-8 in an address or a header', () => {
  expect(needsUtf8(transaction())).toBe(false)
  expect(needsUtf8(transaction(['ü@b.example']))).toBe(true)
  expect(needsUtf8(transaction(undefined, { utf8: true }))).toBe(true)
})
