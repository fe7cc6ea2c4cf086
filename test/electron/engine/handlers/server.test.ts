import { expect, test } from 'vitest'
import { collect, openBench, startServer } from './support.ts'

test('starts, tells its changes, takes new rules, and stops', async () => {
  const bench = await openBench()
  const { client } = bench
  expect((await client.call('server.status', {})).running).toBe(false)
  const changes = collect(client, 'server.changes', {}, (all) => all.some(({ running }) => running))
  await startServer(client)
  await changes
  const { status } = await client.call('server.configure', { users: [{ user: 'ann', password: 'hunter2' }] })
  expect(status.users).toEqual(['ann'])
  expect(JSON.stringify(status)).not.toContain('hunter2')
  expect((await client.call('server.stop', {})).running).toBe(false)
  await bench.stop()
})

test('the command line and tests remember nothing of on and off', async () => {
  const bench = await openBench()
  await startServer(bench.client)
  await bench.halt()
  const again = await openBench({ dataFolder: bench.folder, host: 'browser' })
  expect((await again.client.call('server.status', {})).running).toBe(false)
  await again.stop()
})

const broken = () => Promise.reject(new Error('the keychain is gone'))

test('a server that was left on and cannot start keeps nothing else from opening', async () => {
  const bench = await openBench({ host: 'browser' })
  await startServer(bench.client)
  await bench.halt()
  const secrets = { kind: 'keychain', get: broken, set: broken, remove: broken } as const
  const again = await openBench({ dataFolder: bench.folder, host: 'browser', secrets })
  expect((await again.client.call('transcript.list', {})).items).toEqual([])
  expect(again.logged).toContain('error The local server could not be started')
  await again.stop()
})
