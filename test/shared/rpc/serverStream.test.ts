import { expect, test } from 'vitest'
import { EventLog } from '#shared/rpc/eventLog.ts'
import { ServerStream } from '#shared/rpc/serverStream.ts'
import type { Batch } from '#shared/rpc/types.ts'
import { until } from './support.ts'

function reader(
  after: number,
  credit: number,
): { stream: ServerStream; got: Batch<unknown>[]; ends: unknown[] } {
  const got: Batch<unknown>[] = []
  const ends: unknown[] = []
  const stream = new ServerStream(after, credit, {
    batch: (batch) => got.push(batch),
    failed: (error) => ends.push(error),
    ended: () => ends.push(null),
  })
  return { stream, got, ends }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('appends of one turn travel together', async () => {
  const log = new EventLog<number>(1000)
  const { stream, got } = reader(0, 5)
  stream.attach(log)
  await turn()
  for (let number = 1; number <= 300; number++) log.append(number)
  await until(() => got.length > 0)
  await turn()
  expect(got.map((batch) => batch.events.length)).toEqual([300])
})

test('without credit nothing is read; a grant goes on where it stopped', async () => {
  const log = new EventLog<number>(5000)
  for (let number = 1; number <= 1200; number++) log.append(number)
  const { stream, got } = reader(0, 0)
  stream.attach(log)
  await turn()
  expect(got).toEqual([])
  stream.grant(2)
  await turn()
  expect(got.map((batch) => [batch.first, batch.events.length])).toEqual([[1, 500], [501, 500]]) // prettier-ignore
  stream.grant(1)
  await turn()
  expect(got.at(-1)).toMatchObject({ first: 1001, lost: 0 })
})

test('an append during a slow read is not forgotten', async () => {
  const log = new EventLog<number>(10)
  const releases: (() => void)[] = []
  const { stream, got } = reader(0, 5)
  stream.attach({
    watch: (more) => log.watch(more),
    read: async (after, max) => {
      const batch = log.read(after, max)
      await new Promise<void>((resolve) => releases.push(resolve))
      return batch
    },
  })
  await until(() => releases.length === 1)
  log.append(1)
  releases[0]!()
  await until(() => releases.length === 2)
  releases[1]!()
  await until(() => got.length === 1)
  expect(got[0]).toMatchObject({ first: 1, events: [1] })
})

test('a source out of order, or one that throws, ends the stream with its error', async () => {
  const wrong = reader(0, 1)
  wrong.stream.attach({
    watch: () => () => {},
    read: () => ({ first: 7, events: [1], lost: 0, ended: false }),
  })
  const broken = reader(0, 1)
  broken.stream.attach({ watch: () => () => {}, read: () => Promise.reject(new Error('disk')) })
  await until(() => wrong.ends.length + broken.ends.length === 2)
  expect(wrong.ends).toMatchObject([{ code: 'internal' }])
  expect(broken.ends).toMatchObject([{ message: 'disk' }])
  expect(wrong.got).toEqual([])
})

test('the end is told once, also when nothing precedes it', async () => {
  const log = new EventLog<number>(10)
  const { stream, got, ends } = reader(0, 1)
  stream.attach(log)
  await turn()
  log.end()
  await until(() => ends.length > 0)
  stream.grant(1)
  await turn()
  expect(got).toEqual([{ first: 1, events: [], lost: 0, ended: true }])
  expect(ends).toEqual([null])
})
