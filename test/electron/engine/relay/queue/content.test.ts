import { array, assert, integer, property, tuple, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { type GoingSource, keptPieces, openContent } from '#engine/relay/queue/content.ts'
import { message } from '#test/support/relay/queue.ts'

async function readAll(source: GoingSource, max: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let last = false; !last;) {
    const stretch = await source.read(max)
    expect(stretch.bytes.length).toBeLessThanOrEqual(max)
    parts.push(stretch.bytes)
    last = stretch.last
  }
  return Buffer.concat(parts)
}

const storeOf = (bytes: Uint8Array) => ({
  readContent: async (_: string, __: number, from: number, size: number) => ({
    bytes: bytes.slice(from, from + size),
    total: bytes.length,
  }),
})

test('whatever is cut, memory and store give the same, in the size that was said', async () => {
  const cut = tuple(integer({ min: 0, max: 60 }), integer({ min: 0, max: 60 }))
  const cases: [Uint8Array, [number, number][], number][] = []
  assert(
    property(
      uint8Array({ maxLength: 50 }),
      array(cut, { maxLength: 4 }),
      integer({ min: 1, max: 20 }),
      (bytes, cuts, max) => {
        cases.push([bytes, cuts, max])
      },
    ),
  )
  for (const [bytes, cuts, max] of cases) {
    const { message: of } = message(['b@x.example'], { size: bytes.length, cuts, prefix: 'P: é\r\n' }).queued
    const kept = [...bytes].filter((_, i) => !cuts.some(([from, to]) => from <= i && i < to))
    const expected = Buffer.concat([Buffer.from('P: é\r\n'), Buffer.from(kept)])
    for (const given of [bytes, null]) {
      const source = await openContent(of, given, storeOf(bytes))
      expect(source).toMatchObject({ size: expected.length, eightBit: true })
      expect(expected.equals(await readAll(source!, max))).toBe(true)
      expect(source!.given).toBe(expected.length)
    }
  }
})

test('cuts that make no sense', () => {
  expect(
    keptPieces(10, [
      [8, 99],
      [4, 2],
      [0, 3],
    ]),
  ).toEqual([[3, 8]])
  expect(keptPieces(0, [])).toEqual([])
})

test('large ones in stretches; what is gone is known before', async () => {
  const bytes = new Uint8Array(700_000).map((_, i) => i % 251)
  const { message: of } = message(['b@x.example'], { size: bytes.length, cuts: [[10, 20]] }).queued
  const source = await openContent(of, null, storeOf(bytes))
  const read = await readAll(source!, 65_536)
  expect([read.length, Buffer.from(bytes.subarray(20)).equals(read.subarray(10))]).toEqual([699_990, true])
  expect(await openContent(of, null, { readContent: async () => null })).toBeNull()
  expect(await openContent(of, null, storeOf(bytes.subarray(1)))).toBeNull()
})

test('what goes while it is read is an error, never a shorter message', async () => {
  const bytes = new Uint8Array(700_000)
  const { message: of } = message(['b@x.example'], { size: bytes.length }).queued
  let there = true
  const source = await openContent(of, null, {
    readContent: async (...[, , from, size]) =>
      there ? { bytes: bytes.slice(from, from + size), total: bytes.length } : null,
  })
  await source!.read(262_144)
  there = false
  await expect(source!.read(65_536)).rejects.toThrow('gone')
})
