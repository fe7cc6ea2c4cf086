import { expect, test } from 'vitest'
import { compareReplies, replyInWords, replyTexts } from '#shared/transcript/diff/reply.ts'
import type { EventOf } from '#shared/transcript/event.ts'

const reply = (raw: string, more: Partial<EventOf<'reply'>> = {}): EventOf<'reply'> => {
  const enhanced = /^\d{3}[ -](\d\.\d\.\d)/.exec(raw)?.[1]
  return { kind: 'reply', session: 's', seq: 1, at: 0, phase: 'rcpt', direction: 'to-client', code: Number(raw.slice(0, 3)), ...(enhanced ? { enhanced } : {}), raw: `${raw}\r\n`, ...more } // prettier-ignore
}
const told = (left: string, right: string) =>
  compareReplies(reply(left), reply(right), true).map((one) => `${one.weight} ${one.what}: ${one.left} | ${one.right}`) // prettier-ignore

test('accepted here and refused there decides; two refusals differ in their reason', () => {
  expect(told('250 2.1.5 Ok', '550 5.7.1 relay denied')).toEqual(['fate reply code: 250 | 550', 'matters enhanced code: 2.1.5 | 5.7.1', 'note reply text: Ok | relay denied']) // prettier-ignore
  expect(told('550 5.1.1 No', '550 5.7.1 No')).toEqual(['matters enhanced code: 5.1.1 | 5.7.1'])
  expect(told('450 Later', '550 No')[0]).toBe('fate reply code: 450 | 550')
})
test('two that accept may differ as they like', () => {
  expect(told('250 2.1.5 Ok', '251 Will forward')).toMatchObject([/^note reply code/, /^note enhanced/, /^note/].map((one) => expect.stringMatching(one) as string)) // prettier-ignore
  expect(told('250 Ok: queued as 4C1F22A', '250 Ok: queued as 77AB0C1')).toEqual(['expected reply text: Ok: queued as 4C1F22A | Ok: queued as 77AB0C1']) // prettier-ignore
})
test('a reply in words: codes, and the first line that says something', () => {
  expect(replyInWords(reply('550 5.7.1 relay denied'))).toBe('550 5.7.1: relay denied')
  expect(replyInWords(reply('250'))).toBe('250')
  expect(replyInWords(reply(`250 ${'x'.repeat(5000)}`))).toBe(`250: ${'x'.repeat(60)}… (5,000 characters)`)
  const { code: _, ...strange } = reply('junk')
  expect(replyInWords(strange)).toBe('“junk”, which is no SMTP reply')
  expect(replyTexts(reply('550-5.7.1 first\r\n550 5.7.1 second', { enhanced: '5.7.1' }))).toEqual(['first', 'second']) // prettier-ignore
})
