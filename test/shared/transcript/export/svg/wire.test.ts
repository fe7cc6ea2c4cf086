import { expect, test } from 'vitest'
import { lineWords, offers, replyWords, toneOf } from '#shared/transcript/export/svg/wire.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import { lineEvent, replyEvent } from '#test/support/events.ts'

const reply = (raw: string, more: Partial<EventOf<'reply'>> = {}): EventOf<'reply'> => replyEvent(1, raw, more) as EventOf<'reply'> // prettier-ignore
const line = (raw: string, verb: string, more: object = {}): EventOf<'line'> => ({ ...lineEvent(1, raw, verb), ...more }) as EventOf<'line'> // prettier-ignore

test('a command has a strong verb, AUTH with its mechanism; a secret stays bullets', () => {
  expect(lineWords(line('MAIL FROM:<a@x>\r\n', 'MAIL'))).toEqual({
    verb: 'MAIL',
    rest: 'FROM:<a@x>',
    secret: false,
  })
  expect(lineWords(line('AUTH PLAIN ********\r\n', 'AUTH', { masked: [{ start: 11, end: 19 }] }))).toEqual({ verb: 'AUTH PLAIN', rest: '••••••••', secret: true }) // prettier-ignore
  expect(lineWords(line('.\r\n', ''))).toEqual({ verb: '', rest: '.', secret: false })
})

test('a reply has its codes apart, on every line', () => {
  expect(replyWords(reply('550-5.7.1 No.\r\n550 5.7.1 Really.\r\n', { enhanced: '5.7.1' }))).toEqual({ code: '550', enhanced: '5.7.1', lines: ['No.', 'Really.'], tone: 'bad' }) // prettier-ignore
  expect(replyWords(reply('what\r\n')).code).toBe('')
  expect([toneOf(220), toneOf(354), toneOf(450), toneOf(550), toneOf(undefined), toneOf(199)]).toEqual(['good', 'good', 'warn', 'bad', 'bad', 'neutral']) // prettier-ignore
})

test('offers of a later EHLO are what is new', () => {
  const first = reply('250-mx\r\n250-STARTTLS\r\n250 SIZE 10\r\n')
  const second = reply('250-mx\r\n250-AUTH PLAIN\r\n250 SIZE 10\r\n')
  expect(offers(first, undefined)).toEqual({ chips: [{ words: 'STARTTLS', important: true }, { words: 'SIZE 10', important: false }], same: 0 }) // prettier-ignore
  expect(offers(second, first)).toEqual({ chips: [{ words: 'AUTH PLAIN', important: true }], same: 1 })
})
