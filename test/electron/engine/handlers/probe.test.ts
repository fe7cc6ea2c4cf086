import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, collect, openBench, startServer } from './support.ts'

let bench: Bench
let port: number
beforeAll(async () => {
  bench = await openBench()
  port = await startServer(bench.client)
})
afterAll(() => bench.stop())

test('a probe tells each port as it is known, and all of them in its report', async () => {
  const { client } = bench
  const ports = [{ port, mode: 'plain' as const }, { port: 1 }]
  const started = await client.call('probe.start', { host: '127.0.0.1', ports })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  const { id } = started
  const results = await collect(client, 'probe.results', { id }, () => false)
  expect(new Map(results.map((result) => [result.port, result.connect]))).toEqual(
    new Map([
      [1, 'refused'],
      [port, 'connected'],
    ]),
  )
  const report = await client.call('probe.report', { id })
  expect(report).toMatchObject({ id, cancelled: false, results: [{ port }, { port: 1 }] })
  expect(await client.call('probe.cancel', { id })).toEqual({ ok: true })
})

test('a bad request names its fields; an unknown probe is not found', async () => {
  const started = await bench.client.call('probe.start', { host: '', ports: [{ port: 70000 }] })
  expect(started).toMatchObject({ ok: false })
  await expect(bench.client.call('probe.report', { id: 'none' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(bench.client.call('probe.cancel', { id: 'none' })).rejects.toMatchObject({ code: 'not-found' })
})

const finished = async (client: Bench['client'], host = '127.0.0.1'): Promise<string> => {
  const started = await client.call('probe.start', { host, ports: [{ port: 1 }], timeout: 500 })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  await client.call('probe.report', { id: started.id })
  return started.id
}

test('the list has every probe with what was asked, tells changes, and forgets what is removed', async () => {
  const { client } = bench
  const id = await finished(client)
  const changes = await collect(client, 'probe.changes', {}, (events) =>
    events.some((change) => change.type === 'put' && change.summary.id === id && !change.summary.running),
  )
  const mine = changes.filter((change) => change.type === 'put' && change.summary.id === id)
  expect(mine).toMatchObject([
    { summary: { running: true, message: 'Running' } },
    { summary: { running: false, cancelled: false, tone: 'bad' } },
  ])
  const { probes } = await client.call('probe.list', {})
  expect(probes[0]).toMatchObject({
    id,
    target: '127.0.0.1',
    running: false,
    request: { host: '127.0.0.1', ports: [{ port: 1 }], timeout: 500 },
  })
  expect((await client.call('probe.list', { limit: 1 })).probes).toHaveLength(1)
  expect(await client.call('probe.delete', { ids: [id, 'none'] })).toEqual({ deleted: 1 })
  await expect(client.call('probe.report', { id })).rejects.toMatchObject({ code: 'not-found' })
  const after = await client.call('probe.list', {})
  expect(after.probes.map((one) => one.id)).not.toContain(id)
})

test('a restarted engine knows what ended before, one that was stopped is cancelled', async () => {
  const first = await openBench()
  const id = await finished(first.client)
  const silent = createServer(() => {})
  await new Promise<void>((listening) => void silent.listen(0, '127.0.0.1', listening))
  const address = silent.address()
  const ports = [{ port: typeof address === 'object' && address ? address.port : 0 }]
  const started = await first.client.call('probe.start', { host: '127.0.0.1', ports })
  await first.halt()
  silent.close()
  const second = await openBench({ dataFolder: first.folder })
  const { probes } = await second.client.call('probe.list', {})
  expect(probes).toMatchObject([
    { id: started.ok && started.id, running: false, cancelled: true },
    { id, cancelled: false },
  ])
  expect(await second.client.call('probe.report', { id })).toMatchObject({ id, results: [{ port: 1 }] })
  const session = (await second.client.call('probe.report', { id })).results[0]?.session ?? ''
  expect(await second.client.call('transcript.get', { session })).toMatchObject({ id: session })
  await second.client.call('transcript.remove', { sessions: [session] })
  await expect(second.client.call('transcript.get', { session })).rejects.toMatchObject({ code: 'not-found' })
  await second.stop()
})
