import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCommand } from '#shared/smtp/grammar/command.ts'
import { printCommand, type PrintableCommand } from '#shared/smtp/grammar/printCommand.ts'
import { fromUtf8 } from '#shared/bytes/bytes.ts'

const cases: [PrintableCommand, string][] = [
  [{ verb: 'EHLO', name: '[IPv6:::1]' }, 'EHLO [IPv6:::1]\r\n'],
  [{ verb: 'HELO', name: 'x' }, 'HELO x\r\n'],
  [{ verb: 'STARTTLS' }, 'STARTTLS\r\n'],
  [{ verb: 'AUTH', mechanism: 'LOGIN', initial: null }, 'AUTH LOGIN\r\n'],
  [{ verb: 'AUTH', mechanism: 'PLAIN', initial: '=' }, 'AUTH PLAIN =\r\n'],
  [{ verb: 'MAIL', path: '', parameters: [] }, 'MAIL FROM:<>\r\n'],
  [{ verb: 'MAIL', path: 'é@b', parameters: [{ keyword: 'SIZE', value: '5' }, { keyword: 'SMTPUTF8' }] }, 'MAIL FROM:<é@b> SIZE=5 SMTPUTF8\r\n'],
  [{ verb: 'RCPT', path: 'a@b', parameters: [{ keyword: 'NOTIFY', value: 'NEVER' }] }, 'RCPT TO:<a@b> NOTIFY=NEVER\r\n'],
  [{ verb: 'DATA' }, 'DATA\r\n'],
  [{ verb: 'BDAT', size: 86, last: true }, 'BDAT 86 LAST\r\n'],
  [{ verb: 'BDAT', size: 0, last: false }, 'BDAT 0\r\n'],
  [{ verb: 'RSET' }, 'RSET\r\n'],
  [{ verb: 'NOOP', text: '' }, 'NOOP\r\n'],
  [{ verb: 'VRFY', text: 'joe' }, 'VRFY joe\r\n'],
  [{ verb: 'EXPN', text: 'list' }, 'EXPN list\r\n'],
  [{ verb: 'HELP', text: 'MAIL' }, 'HELP MAIL\r\n'],
  [{ verb: 'QUIT' }, 'QUIT\r\n'],
] // prettier-ignore

test.each(cases)('%j', (command, line) => {
  const bytes = printCommand(command)
  expect(fromUtf8(bytes)).toBe(line)
  expect(parseCommand(bytes)).toEqual({ ok: true, command, lenient: [] })
})

test.each<[PrintableCommand, string]>([
  [{ verb: 'EHLO', name: 'x\r\nMAIL FROM:<evil@x>' }, 'EHLO'],
  [{ verb: 'AUTH', mechanism: 'PLAIN', initial: 'a\n' }, 'AUTH'],
  [{ verb: 'NOOP', text: 'a\0' }, 'NOOP'],
  [{ verb: 'MAIL', path: 'a@b>\r\nDATA', parameters: [] }, 'control character'],
  [{ verb: 'RCPT', path: 'a@b', parameters: [{ keyword: 'X', value: '\r' }] }, 'value of X'],
  [{ verb: 'BDAT', size: -1, last: false }, 'BDAT size -1'],
  [{ verb: 'BDAT', size: 1.5, last: false }, 'BDAT size 1.5'],
])('%j cannot be sent', (command, words) => expect(() => printCommand(command)).toThrow(words))

test('no argument becomes a second line', () => {
  const any = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\0', ' ', '>', '<', '.', 'é') })
  fc.assert(
    fc.property(any, any, fc.nat(5), (first, second, which) => {
      const commands: PrintableCommand[] = [
        { verb: 'EHLO', name: first },
        { verb: 'NOOP', text: first },
        { verb: 'AUTH', mechanism: first, initial: second },
        { verb: 'MAIL', path: first, parameters: [] },
        { verb: 'RCPT', path: first, parameters: [{ keyword: 'X', value: second }] },
        { verb: 'VRFY', text: second },
      ]
      try {
        expect(fromUtf8(printCommand(commands[which]!))).toMatch(/^[^\r\n]*\r\n$/)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }),
  )
})
