import { expect, test } from 'vitest'
import { choiceText, replyChoices } from '#shared/knowledge/replyChoices.ts'
import { explainReplyCode } from '#shared/knowledge/replyCodes.ts'
import { moments } from '#shared/knowledge/types.ts'
import { parseReplyLine } from '#shared/smtp/grammar/reply.ts'

const texts = (moment: Parameters<typeof replyChoices>[0]) => replyChoices(moment).map(choiceText)

test.each([...moments, undefined])('at %s every choice is a reply with a code that is known', (moment) => {
  for (const choice of replyChoices(moment)) {
    const read = parseReplyLine(new TextEncoder().encode(choiceText(choice)))
    expect([read?.code, read?.enhanced]).toEqual([choice.code, choice.enhanced])
    expect(explainReplyCode(choice.code).known).toBe(true)
    expect(choice.name).not.toBe('')
  }
  expect(new Set(texts(moment)).size).toBe(texts(moment).length)
})

test('RCPT: accepted, put off in several ways, refused in several ways, closed', () => {
  expect(replyChoices('RCPT').map(({ code, enhanced }) => `${code} ${enhanced}`)).toEqual([
    '250 2.1.5',
    '450 4.2.1',
    '451 4.7.1',
    '452 4.5.3',
    '452 4.2.2',
    '550 5.1.1',
    '554 5.7.1',
    '421 4.3.2',
  ])
})

test('replies that have no enhanced code get none (RFC 2034 §4)', () => {
  expect(texts('DATA')[0]).toBe('354 Send the message; end with <CRLF>.<CRLF>')
})
