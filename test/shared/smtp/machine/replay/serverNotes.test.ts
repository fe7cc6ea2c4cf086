import { expect, test } from 'vitest'
import { lineNote, replyLine, replyNote, strangeNote } from '#shared/smtp/machine/replay/serverNotes.ts'
import { bytes } from '#test/support/smtp/pump.ts'

const line = (text: string) => ({ raw: bytes(`${text}\r\n`), content: bytes(text), end: 'crlf', size: text.length + 2, cut: false, bareLf: 0, bareCr: 0 }) as const // prettier-ignore

test('what answers a 334 is masked, and so is a first response', () => {
  const shown = (text: string, exchange: boolean): string =>
    JSON.stringify(lineNote(line(text), 'AUTH', exchange, false))
  expect(lineNote(line('c2VjcmV0'), '', true, true)).toMatchObject({
    note: { phase: 'auth', shown: { masked: [{ start: 0, end: 8 }] } },
  })
  expect(shown('AUTH PLAIN c2VjcmV0', false)).not.toBe(shown('AUTH PLAIN', false))
  expect(lineNote(line('NOOP'), 'NOOP', false, false)).toMatchObject({
    note: { verb: 'NOOP', shown: { masked: [] } },
  })
})
test('what could not be read as a reply is noted as such', () => {
  expect(replyNote({ bytes: bytes('junk\r\n'), wait: 0 }, 'MAIL')).toMatchObject({
    note: { phase: 'mail', malformed: expect.any(String) },
  })
  expect(replyLine(7, { bytes: bytes('250 ok\r\n'), code: 250, wait: 0 }, 'QUIT')).toMatchObject({
    id: 7,
    phase: 'quit',
    code: 250,
  })
})
test('a command beyond the recording is marked with its answer', () => {
  expect(strangeNote({ verb: 'RCPT', sealed: false })).toMatchObject({
    note: {
      code: 'replay-differs',
      side: 'client',
      message: 'This RCPT is not in the recording; it is answered 451.',
    },
  })
})
