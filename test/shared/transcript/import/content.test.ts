import { expect, it } from 'vitest'
import type { EventBody } from '#shared/transcript/event.ts'
import { challengeText, ContentText } from '#shared/transcript/import/content.ts'

function collect() {
  const chunks: EventBody[] = []
  return { chunks, content: new ContentText(2, (chunk) => chunks.push(chunk)) }
}

it('puts content together without the dots of transparency', () => {
  const { chunks, content } = collect()
  for (const line of ['Subject: x', '', '..dot', 'Grüße']) content.add(line)
  expect(content.begun).toBe(true)
  content.end(true)
  const raw = 'Subject: x\r\n\r\n.dot\r\nGrÃ¼Ã\u009fe\r\n'
  expect(chunks).toMatchObject([{ body: 2, offset: 0, size: raw.length, last: true, raw }])
})

it('gives long content in pieces, and what was broken off without an end', () => {
  const { chunks, content } = collect()
  for (let i = 0; i < 3000; i++) content.add('x'.repeat(70))
  content.end(false)
  expect(chunks.length).toBeGreaterThan(2)
  const sizes = chunks.map((chunk) => (chunk.kind === 'chunk' ? chunk.size : 0))
  expect(sizes.reduce((a, b) => a + b)).toBe(3000 * 72)
  expect(chunks.every((chunk) => chunk.kind === 'chunk' && !chunk.last)).toBe(true)
})

it('tells empty content from none', () => {
  const empty = collect()
  empty.content.end(true)
  const none = collect()
  none.content.end(false)
  expect([empty.chunks.length, none.chunks.length]).toEqual([1, 0])
})

it('reads a challenge, in base64 or in words', () => {
  expect(challengeText('334 VXNlcm5hbWU6\r\n')).toBe('Username:')
  expect(challengeText('334 Password:\r\n')).toBe('Password:')
  expect(challengeText('334\r\n')).toBe('')
})
