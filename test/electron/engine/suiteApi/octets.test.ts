import { expect, it } from 'vitest'
import { gather, octetsOf, type ReadRange } from '#engine/suiteApi/octets.ts'

function of(bytes: Buffer): { read: ReadRange; asked: number[] } {
  const asked: number[] = []
  return {
    asked,
    read: (from, size) => {
      asked.push(from)
      return Promise.resolve({
        base64: bytes.subarray(from, from + size).toString('base64'),
        total: bytes.length,
      })
    },
  }
}

it.each([0, 1, (1 << 20) - 1, 1 << 20, (5 << 20) / 2])('gives %i octets as they are', async (size) => {
  const bytes = Buffer.alloc(size, 'abc')
  const { total, octets } = await octetsOf(of(bytes).read)
  const pieces: Uint8Array[] = []
  for await (const piece of octets) pieces.push(piece)
  expect(total).toBe(size)
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
})

it('reads no more than is wanted', async () => {
  const source = of(Buffer.alloc(5 << 20, 'x'))
  const { bytes, total } = await gather(source.read, 10)
  expect([bytes.length, total, source.asked]).toEqual([10, 5 << 20, [0]])
})

/** Content that is gone after its first piece. */
const goneSoon: ReadRange = (from, size) =>
  Promise.resolve({ base64: from === 0 ? Buffer.alloc(size).toString('base64') : '', total: 2 << 20 })

it('breaks rather than pretends when the content goes away in the middle', async () => {
  const { octets } = await octetsOf(goneSoon)
  const readAll = async () => {
    for await (const piece of octets) expect(piece.length).toBeGreaterThan(0)
  }
  await expect(readAll()).rejects.toThrow('ended early')
})
