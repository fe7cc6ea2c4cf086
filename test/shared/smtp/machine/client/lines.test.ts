import { expect, test } from 'vitest'
import {
  authLine,
  cancelLine,
  commandLine,
  endLine,
  responseLine,
} from '#shared/smtp/machine/client/lines.ts'
import { bytes, text } from '#test/support/smtp/pump.ts'

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
