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
