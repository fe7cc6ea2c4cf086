import { expect, test } from 'vitest'
import { ClientStream } from '#shared/rpc/clientStream.ts'
import { streamEntries } from '#shared/rpc/registry.ts'
import type { ToClient } from '#shared/rpc/wire.ts'
import { eventAt, until } from './support.ts'

type Incoming = Extract<ToClient, { t: 'batch' }>
const batch = (first: number, count: number, more: Partial<Incoming> = {}): Incoming => ({
  v: 1,
  t: 'batch',
  id: 1,
  first,
  events: Array.from({ length: count }, (_, index) => eventAt(first + index)),
  lost: 0,
  ended: false,
  ...more,
})

function subscribe(each: () => void | Promise<void> = () => {}, near = false) {
  const told = {
    firsts: [] as number[],
    events: [] as unknown[],
    granted: 0,
    done: 0,
    closed: [] as unknown[],
  }
  const stream = new ClientStream(
    {
      entry: streamEntries.get('transcript.events')!,
      name: 'transcript.events',
      key: {},
      after: 0,
      window: 2,
      near,
    },
    {
      batch: (one) => {
        told.firsts.push(one.first)
        told.events.push(...one.events)
        return each()
      },
      closed: (error) => told.closed.push(error),
    },
    { grant: (count) => void (told.granted += count), done: () => void told.done++ },
  )
  return { stream, told }
}

test('the next batch waits for the listener, and credit is granted when it is done', async () => {
  const releases: (() => void)[] = []
  const { stream, told } = subscribe(() => new Promise((resolve) => releases.push(resolve)))
  stream.receive(batch(1, 2))
  stream.receive(batch(3, 2))
  await until(() => releases.length === 1)
  expect(told).toMatchObject({ firsts: [1], granted: 0 })
  expect(stream.opening(9)).toMatchObject({ id: 9, after: 4, credit: 0 })
  releases[0]!()
  await until(() => releases.length === 2)
  expect(told).toMatchObject({ firsts: [1, 3], granted: 1 })
  expect(stream.opening(10)).toMatchObject({ after: 4, credit: 1 })
})

test('gaps that are told are passed on; gaps, repetitions and floods are not believed', async () => {
  const lossy = subscribe()
  lossy.stream.receive(batch(11, 1, { lost: 10 }))
  await until(() => lossy.told.firsts.length === 1)
  expect(lossy.told.closed).toEqual([])
  for (const strange of [
    [batch(2, 1)],
    [batch(1, 1), batch(1, 1)],
    [batch(1, 1), batch(2, 1), batch(3, 1)],
  ]) {
    const { stream, told } = subscribe()
    for (const message of strange) stream.receive(message)
    await until(() => told.closed.length === 1)
    expect(told).toMatchObject({ closed: [{ code: 'internal' }], done: 1 })
  }
})

test('an event that breaks the contract ends the stream', async () => {
  const { stream, told } = subscribe()
  stream.receive(batch(1, 1, { events: [{ kind: 'line', raw: 5 }] }))
  await until(() => told.closed.length === 1)
  expect(told.closed).toMatchObject([{ code: 'internal' }])
})

test('a listener that throws ends the stream instead of the page', async () => {
  const { stream, told } = subscribe(() => {
    throw new Error('paint')
  })
  stream.receive(batch(1, 1))
  await until(() => told.closed.length === 1)
  expect(told).toMatchObject({ closed: [{ code: 'internal' }], done: 1, granted: 0 })
})

test('an error waits for the batches before it; a stopped one is silent', async () => {
  const { stream, told } = subscribe()
  stream.receive(batch(1, 1))
  stream.fail({ code: 'not-found', message: 'gone' })
  await until(() => told.closed.length === 1)
  expect(told.firsts).toEqual([1])
  const stopped = subscribe()
  stopped.stream.receive(batch(1, 1))
  stopped.stream.stop()
  stopped.stream.fail({ code: 'internal', message: '' })
  await new Promise((resolve) => setImmediate(resolve))
  expect(stopped.told).toMatchObject({ firsts: [], closed: [] })
})

test('what an engine of this process says is handed on as it is; what came over a wire is parsed', async () => {
  const event = eventAt(1)
  for (const near of [true, false]) {
    const { stream, told } = subscribe(() => {}, near)
    stream.receive(batch(1, 1, { events: [event] }))
    await until(() => told.events.length === 1)
    expect(told.events).toEqual([event])
    expect(told.events[0] === event).toBe(near)
  }
})
