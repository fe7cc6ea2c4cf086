import { expect, test } from 'vitest'
import { replyOf } from '#shared/diagnosis/reading/reply.ts'
import type { EventOf } from '#shared/transcript/event.ts'

const event = (raw: string, more: Partial<EventOf<'reply'>> = {}): EventOf<'reply'> => ({ session: 's', seq: 1, at: 0, phase: 'rcpt', direction: 'to-client', kind: 'reply', raw, ...more }) // prettier-ignore

test('code, enhanced code and the text of each line', () => {
  expect(replyOf(event('550-5.1.1 No\r\n550 5.1.1 such user\r\n'))).toEqual({
    code: 550,
    enhanced: '5.1.1',
    text: ['No', 'such user'],
  })
})

test('lines that end in LF alone, as pasted; a line without a code is text', () => {
  expect(replyOf(event('250-mx\nSIZE 10\n250 HELP\n'))?.text).toEqual(['mx', 'SIZE 10', 'HELP'])
})

test('no code anywhere is no reply; a huge one is looked at in part', () => {
  expect(replyOf(event('hello\r\n'))).toBeUndefined()
  expect(replyOf(event('250-x\r\n'.repeat(5000)))?.text).toHaveLength(300)
})
