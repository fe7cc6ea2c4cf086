import { expect, test } from 'vitest'
import { shortMeaning } from '#renderer/model/shortMeaning.ts'
import { TranscriptBuilder } from '../../support/page/builder.ts'
import { accepted } from '../../support/page/scenes.ts'

const { events } = accepted()

test('a reply by its code and what it answers, a command by its verb', () => {
  expect(shortMeaning(events[11]!, 'AUTH')).toBe('signed in')
  expect(shortMeaning(events[16]!, 'RCPT')).toBe('mailbox unavailable now')
  expect(shortMeaning(events[13]!)).toMatch(/^[a-z].*[a-z]$/)
})
test('what is no line has no meaning beside its words', () => {
  expect(shortMeaning(events[0]!)).toBe('')
  expect(shortMeaning(events.at(-1)!)).toBe('')
})
test('the dot ends the message', () => {
  const dot = new TranscriptBuilder({ id: 's' }).body(10).add({ kind: 'line', phase: 'body', direction: 'to-server', raw: '.\r\n' }).events.at(-1)! // prettier-ignore
  expect(shortMeaning(dot)).toBe('ends the message')
})
