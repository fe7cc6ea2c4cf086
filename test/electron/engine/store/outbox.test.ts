import { afterEach, expect, it, vi } from 'vitest'
import { Outbox } from '#engine/store/outbox.ts'
import type { ToWorker, WriteOp } from '#engine/store/wireTypes.ts'
import { envelope, pattern } from './support.ts'

afterEach(() => void vi.useRealTimers())

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

it('lets what nobody waits for go with what comes next, in the order in which it was given', async () => {
  // By the clock a turn of a busy machine may last longer than the patience.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const sent: ToWorker[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const outbox = new Outbox((message) => {
    sent.push(message)
    resolve()
  })
  outbox.write({ type: 'putLegs', legs: [] })
  // Longer than a turn: alone it would have gone by now.
  await new Promise<void>((done) => setImmediate(() => setImmediate(done)))
  expect(sent).toEqual([])
  outbox.write(op(1, pattern(10)))
  outbox.write({ type: 'putAttempts', rows: [] })
  await promise
  expect(sent).toMatchObject([{ writes: [{ type: 'putLegs' }, { type: 'finish' }, { type: 'putAttempts' }], reads: [] }]) // prettier-ignore
})

it('sends it alone when nothing comes, and before a read', async () => {
  const alone = Promise.withResolvers<ToWorker>()
  const withRead = Promise.withResolvers<ToWorker>()
  const next = [alone, withRead]
  const outbox = new Outbox((message) => next.shift()?.resolve(message))
  outbox.write({ type: 'putLegs', legs: [] })
  expect(await alone.promise).toMatchObject({ writes: [{ type: 'putLegs' }], reads: [] })
  outbox.write({ type: 'putLegs', legs: [] })
  outbox.read(1, { type: 'getSetting', key: 'k' })
  expect(await withRead.promise).toMatchObject({ writes: [{ type: 'putLegs' }], reads: [{ id: 1 }] })
})

it('sends what waits when it is told to', () => {
  const sent: ToWorker[] = []
  const outbox = new Outbox((message) => sent.push(message))
  outbox.write({ type: 'putAttempts', rows: [] })
  outbox.flush()
  expect(sent).toMatchObject([{ writes: [{ type: 'putAttempts' }] }])
})
