import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, openBench, send, startServer } from './support.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

test('the list of hosts is empty at first, kept, and refuses what is no host', async () => {
  const { client } = bench
  expect(await client.call('inbox.allowedHosts', {})).toEqual({ hosts: [] })
  expect(await client.call('inbox.setAllowedHosts', { hosts: ['a b'] })).toMatchObject({ ok: false, problems: [{ field: 'hosts[0]' }] }) // prettier-ignore
  await client.call('inbox.setAllowedHosts', { hosts: ['127.0.0.1'] })
  expect(await client.call('inbox.allowedHosts', {})).toEqual({ hosts: ['127.0.0.1'] })
})

test('a release is a dialogue that can be followed, also when nobody answers', async () => {
  const { client } = bench
  await send(client, await startServer(client))
  const id = (await client.call('inbox.list', {})).items[0]!.id
  const started = await client.call('inbox.release', { id, target: { host: '127.0.0.1', port: 9, tls: 'none' }, auth: { mechanism: 'none' }, envelopeFrom: '', envelopeTo: ['a@b.test'], way: 'exact', agreed: true }) // prettier-ignore
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  const { session } = started
  expect(await client.call('dialogue.result', { session })).toMatchObject({ session, outcome: 'failed' })
  expect(await client.call('transcript.get', { session })).toMatchObject({ port: 9, state: 'ended' })
  expect(bench.faults).toEqual([])
})
