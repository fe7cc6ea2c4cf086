import { expect, it } from 'vitest'
import { chunkSize } from '#engine/store/schema.ts'
import { SpareChunks } from '#engine/store/spareChunks.ts'

it('hands out what was given back before it makes new ones', () => {
  const chunks = new SpareChunks()
  const first = chunks.take()
  expect(first).toHaveLength(chunkSize)
  chunks.giveBack([first.buffer])
  expect(chunks.take().buffer).toBe(first.buffer)
  expect(chunks.take().buffer).not.toBe(first.buffer)
})

it('keeps few, and none of another size or that has left for another thread', () => {
  const chunks = new SpareChunks()
  const sent = new ArrayBuffer(chunkSize)
  structuredClone(sent, { transfer: [sent] })
  chunks.giveBack([new ArrayBuffer(5), sent])
  expect(chunks.take()).toHaveLength(chunkSize)
  const many = Array.from({ length: 40 }, () => new ArrayBuffer(chunkSize))
  chunks.giveBack(many)
  const again = Array.from({ length: 40 }, () => chunks.take().buffer)
  expect(again.filter((buffer) => many.includes(buffer))).toHaveLength(16)
})
