import { expect, it } from 'vitest'
import { messageId, parseMessageId } from '#engine/store/messageId.ts'

it('names a message by session and body', () => {
  expect(parseMessageId(messageId('a.b', 12))).toEqual({ session: 'a.b', body: 12 })
  for (const id of ['', 'x', '.1', 'a.', 'a.b', 'a.-1']) expect(parseMessageId(id)).toBeNull()
})
