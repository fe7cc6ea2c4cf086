import { expect, it } from 'vitest'
import { StoreContentWriter } from '#engine/store/contentWriter.ts'
import { chunkSize } from '#engine/store/schema.ts'
import type { WriteOp } from '#engine/store/wireTypes.ts'
import { leg, queued, queueOp } from './relaySamples.ts'
import { envelope, octets, pattern } from './support.ts'

function setUp(fail = false) {
  const sent: WriteOp[] = []
  const sink = {
    ready: true,
    chunk: () => new Uint8Array(chunkSize),
    whenReady: () => Promise.resolve(),
    write: (op: WriteOp) => {
      sent.push(op)
      return fail && op.type !== 'discard' ? Promise.reject(new Error('full')) : Promise.resolve(0)
    },
  }
  return { sent, sink, writer: new StoreContentWriter(sink, { writer: 4, session: 's', body: 2 }) }
}

it('sends a small content as one piece with its message', async () => {
  const { sent, writer } = setUp()
  expect(writer.id).toBe('s.2')
  const piece = octets('abc')
  expect(writer.append(piece)).toBe(true)
  piece.fill(0)
  writer.append(octets('def'))
  await writer.commit(envelope())
  expect(sent).toEqual([{ type: 'finish', writer: 4, session: 's', body: 2, bytes: octets('abcdef'), message: envelope() }])
}) // prettier-ignore

it('gives a content to the queue with its message, as one piece, and no other message than its own', async () => {
  const { sent, writer } = setUp()
  writer.append(octets('abc'))
  const message = queued('s', 2)
  const other = queued('s', 3)
  await expect(writer.queue({ message: other, legs: [] })).rejects.toThrow('Content s.2 is not that of message s.3.') // prettier-ignore
  await writer.queue({ message, legs: [leg(message)] })
  expect(sent).toEqual([{ ...queueOp(message, [leg(message)]), writer: 4 }])
})

it('has the store forget the chunks of what could not be queued', async () => {
  const { sent, writer } = setUp(true)
  writer.append(pattern(chunkSize))
  await expect(writer.queue({ message: queued('s', 2), legs: [] })).rejects.toThrow('full')
  expect(sent.map((op) => op.type)).toEqual(['chunk', 'finish', 'discard'])
})

it('cuts a long content into chunks of the fixed size, whatever the pieces', async () => {
  const { sent, writer } = setUp()
  const whole = pattern(3 * chunkSize + 5)
  for (let at = 0; at < whole.length; at += 100_003) writer.append(whole.subarray(at, at + 100_003))
  await writer.keep()
  const parts = sent.flatMap((op) => (op.type === 'chunk' || op.type === 'finish' ? [op.bytes] : []))
  expect(parts.map((bytes) => bytes.length)).toEqual([chunkSize, chunkSize, chunkSize, 5])
  expect(Buffer.compare(Buffer.concat(parts), whole)).toBe(0)
  expect(sent.at(-1)).toMatchObject({ type: 'finish', message: null })
})

it('asks to wait when the store is behind', async () => {
  const { sink, writer } = setUp()
  sink.ready = false
  expect(writer.append(octets('a'))).toBe(false)
  await writer.drain()
})

it('tells a failure and has the store forget the chunks', async () => {
  const { sent, writer } = setUp(true)
  writer.append(pattern(chunkSize))
  await expect(writer.commit(envelope())).rejects.toThrow('full')
  expect(sent.map((op) => op.type)).toEqual(['chunk', 'finish', 'discard'])
})

it('is discarded without a trace, and takes nothing afterwards', async () => {
  const { sent, writer } = setUp()
  writer.append(octets('a'))
  writer.discard()
  writer.discard()
  expect(sent).toEqual([])
  expect(() => writer.append(octets('b'))).toThrow('Content s.2 is discarded already.')
  await expect(writer.commit(envelope())).rejects.toThrow('discarded already')
})
