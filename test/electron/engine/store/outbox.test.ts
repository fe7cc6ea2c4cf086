import { expect, it } from 'vitest'
import { Outbox } from '#engine/store/outbox.ts'
import type { ToWorker, WriteOp } from '#engine/store/wireTypes.ts'
import { envelope, pattern } from './support.ts'

const op = (writer: number, bytes: Uint8Array): WriteOp & { bytes: Uint8Array } => ({ type: 'finish', writer, session: 's', body: writer, bytes, message: envelope() }) // prettier-ignore

it('sends everything of a turn as one message, small contents packed, large ones transferred', async () => {
  const sent: { message: ToWorker; transfer: ArrayBuffer[] }[] = []
  const posted = new Promise<void>((done) => {
    const outbox = new Outbox((message, transfer) => {
      sent.push({ message, transfer })
      done()
    })
    const big = pattern(200_000)
    outbox.write(op(1, pattern(10)))
    outbox.write(op(2, big))
    outbox.write(op(3, pattern(20, 5)))
    outbox.write({ type: 'clearMessages' })
    outbox.read(1, { type: 'getSetting', key: 'k' })
    expect(sent).toEqual([])
  })
  await posted
  expect(sent).toHaveLength(1)
  const { message, transfer } = sent[0]!
  if (message.type !== 'batch') throw new Error(message.type)
  expect([message.writes.length, message.reads.length, transfer.length]).toEqual([4, 1, 2])
  const contents = message.writes.flatMap((write) => (write.type === 'finish' ? [write.bytes] : []))
  expect(contents.map((bytes) => Buffer.from(bytes))).toEqual([pattern(10), pattern(200_000), pattern(20, 5)].map((bytes) => Buffer.from(bytes))) // prettier-ignore
  expect(contents[0]!.buffer).toBe(contents[2]!.buffer)
})

it('sends nothing when there is nothing', () => {
  const outbox = new Outbox(() => {
    throw new Error('nothing to send')
  })
  outbox.flush()
})
