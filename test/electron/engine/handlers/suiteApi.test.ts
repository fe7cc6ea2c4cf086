import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bench, collect, openBench } from './support.ts'

let bench: Bench
beforeAll(async () => (bench = await openBench()))
afterAll(() => bench.stop())

it('is off until it is asked for', async () => {
  expect(await bench.client.call('suiteApi.status', {})).toMatchObject({ on: false, port: 8026, address: '127.0.0.1', tokened: false, allowedHosts: [], webhooks: [] }) // prettier-ignore
  expect(await bench.client.call('suiteApi.deliveries', {})).toEqual({ deliveries: [] })
})

it('tells followers of every change', async () => {
  const seen = collect(bench.client, 'suiteApi.changes', {}, (events) => events.some(({ on }) => on))
  await bench.client.call('suiteApi.configure', { on: true, port: 0 })
  expect((await seen).at(-1)).toMatchObject({ on: true, actualPort: expect.any(Number) })
})

it('refuses what the contract does not know', async () => {
  await expect(bench.client.call('suiteApi.configure', { port: 70_000 })).rejects.toMatchObject({ code: 'bad-argument' })
  await expect(bench.client.call('suiteApi.tryWebhook', { id: 'none' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(bench.client.call('suiteApi.addWebhook', { url: 'http://localhost/', events: [] })).rejects.toMatchObject({ code: 'bad-argument' })
}) // prettier-ignore
