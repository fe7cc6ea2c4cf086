import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ManyProgress } from '#shared/rpc/contract/many.ts'
import { type Bench, openBench, startServer } from './support.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.stop())

const request = (port: number) => ({
  target: { host: '127.0.0.1', port, tls: 'none' as const },
  auth: { mechanism: 'none' as const },
  message: { from: 'a@example.com', to: ['b@example.com'], subject: 'No. {{n}}', text: 'hello' },
})

test('the local server keeps what was accepted; progress ends, examples can be opened', async () => {
  const { client } = bench
  const port = await startServer(client)
  const started = await client.call('many.start', { request: request(port), messages: 40, connections: 4 })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  const { id } = started
  const told: ManyProgress[] = []
  await new Promise<void>((resolve) => {
    client.stream(
      'many.progress',
      { id },
      { batch: ({ events }) => void told.push(...events), closed: () => resolve() },
    )
  })
  const result = await client.call('many.result', { id })
  expect(result).toMatchObject({ outcome: 'accepted', accepted: 40, done: true })
  expect(told.at(-1)).toMatchObject({ done: true, accepted: 40 })
  const { total } = await client.call('inbox.list', { limit: 1 })
  expect(total).toBe(40)
  const list = await client.call('transcript.list', { source: 'send', limit: 50 })
  expect(list.items.map((item) => item.id).toSorted()).toEqual(result.kept.toSorted())
  expect(bench.faults).toEqual([])
})

test('what is wrong is said at its field, and an unknown run is not found', async () => {
  const { client } = bench
  const there = { ...request(25), target: { host: 'mx.example.com', port: 25, tls: 'none' as const } }
  const refused = await client.call('many.start', { request: there, messages: 5 })
  expect(refused).toMatchObject({ ok: false, problems: [{ field: 'confirmedHost' }] })
  await expect(client.call('many.cancel', { id: 'none' })).rejects.toMatchObject({ code: 'not-found' })
})

test('a run ends with the engine', async () => {
  const { client } = bench
  const port = await startServer(client)
  const started = await client.call('many.start', { request: request(port), messages: 100_000, rate: 10 })
  expect(started.ok).toBe(true)
  await bench.engine.stop()
  expect(bench.logged.filter((line) => line.startsWith('error'))).toEqual([])
})

test('cancelled, it says so', async () => {
  const { client } = bench
  const port = await startServer(client)
  const started = await client.call('many.start', { request: request(port), messages: 1000, rate: 5 })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  await client.call('many.cancel', { id: started.id })
  expect(await client.call('many.result', { id: started.id })).toMatchObject({
    outcome: 'stopped',
    done: true,
  })
})
