import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bench, openBench } from './support.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

const message = { from: 'a@x.test', to: ['b@x.test'], text: 'T' }

it('is off until somebody wants it', async () => {
  expect(await bench.client.call('httpApi.status', {})).toMatchObject({
    on: false,
    keyed: false,
    requests: 0,
  })
})

it('refuses a send by field, and tells how one ended', async () => {
  const { client } = bench
  const url = 'http://127.0.0.1:1'
  expect(await client.call('httpSend.start', { api: 'form', url: 'x', key: 'k', message })).toMatchObject({
    ok: false,
    problems: [{ field: 'url' }],
  })
  const started = await client.call('httpSend.start', { api: 'form', url, key: 'k', message })
  if (!started.ok) throw new Error('refused')
  const { session } = started
  await client.call('httpSend.cancel', { session })
  expect(await client.call('httpSend.result', { session })).toMatchObject({ outcome: 'failed' })
  await expect(client.call('httpSend.result', { session: 'none' })).rejects.toThrow()
})
