import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CallInput } from '#shared/rpc/contract.ts'
import { type Bench, collect, openBench } from './support.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

const message = { from: 'a@x.test', to: ['b@x.test'], subject: 'Both', text: 'T' }
async function start(request: Partial<CallInput<'versus.start'>>): Promise<string> {
  const started = await bench.client.call('versus.start', { message, roundTrip: 0, ...request })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  return started.id
}

it('sends the same message both ways, counts both, and keeps one of each', async () => {
  const { client } = bench
  const id = await start({ messages: 3, smtp: { pipelining: true, reuse: true }, http: { reuse: true } })
  const told = collect(client, 'versus.progress', { id }, (all) => all.at(-1)?.side === 'done')
  const { smtp, http, sentence } = await client.call('versus.result', { id })
  expect((await told).map(({ side, messages }) => `${side} ${messages}`)).toEqual([
    'smtp 1', 'smtp 2', 'smtp 3', 'http 1', 'http 2', 'http 3', 'done 3',
  ]) // prettier-ignore
  expect(smtp).toMatchObject({ outcome: 'completed', messages: 3, connections: 1, handshakes: 1, roundTrips: 14 })
  expect(http).toMatchObject({ outcome: 'completed', messages: 3, connections: 1, handshakes: 1, roundTrips: 5 })
  expect(sentence).toContain('14 round trips')
  const { items } = await client.call('inbox.list', {})
  expect(items.map(({ subject }) => subject)).toEqual(['Both', 'Both'])
  expect((await client.call('transcript.list', {})).items).toHaveLength(4)
}) // prettier-ignore

it('refuses a message that cannot go both ways, and is cancelled when asked', async () => {
  const { client } = bench
  const refused = await client.call('versus.start', { message: { ...message, date: 'none' } })
  expect(refused).toMatchObject({ ok: false, problems: [{ field: 'message.date' }] })
  const id = await start({ messages: 200, roundTrip: 500 })
  await client.call('versus.cancel', { id })
  const { smtp, http, sentence } = await client.call('versus.result', { id })
  expect([smtp.outcome, http.outcome]).toEqual(['cancelled', 'cancelled'])
  expect(sentence).toContain('cancelled')
})
