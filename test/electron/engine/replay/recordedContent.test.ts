import { expect, test } from 'vitest'
import { recordedContent } from '#engine/replay/recordedContent.ts'
import { utf8, fromUtf8 } from '#shared/bytes/bytes.ts'

test('bodies are read by range as they are wanted, and each is kept under its own number', async () => {
  const stored = new Map([
    [1, 'first'],
    [3, 'third'],
  ])
  const kept = new Map<number, string>()
  let wanted: { body: number; from: number; size: number } | null = null
  const { source, keeper } = recordedContent({
    session: 's',
    store: {
      readContent: async (_, body, from, size) => ({
        bytes: utf8(stored.get(body)!.slice(from, from + size)),
        total: 5,
      }),
    },
    wanted: () => wanted,
    open: (body) => ({
      append: (bytes) => kept.set(body, (kept.get(body) ?? '') + fromUtf8(bytes)).size > 0,
      drain: async () => {},
      keep: async () => {},
    }),
  })
  expect(await source.read(9)).toEqual({ bytes: utf8(''), last: true })
  for (const [body, from, size] of [
    [1, 0, 5],
    [1, 3, 2],
    [3, 0, 5],
  ] as const) {
    wanted = { body, from, size }
    const { bytes, last } = await source.read(3)
    expect(last).toBe(size <= 3)
    keeper.append(bytes)
  }
  await keeper.keep()
  expect([...kept]).toEqual([
    [1, 'first'],
    [2, 'thi'],
  ])
})

test('content that has gone meanwhile is no shorter message, but a failure', async () => {
  const { source } = recordedContent({
    session: 's',
    store: { readContent: async () => null },
    wanted: () => ({ body: 1, from: 0, size: 5 }),
    open: () => ({ append: () => true, drain: async () => {}, keep: async () => {} }),
  })
  await expect(source.read(5)).rejects.toThrow(/not whole/)
})
