import { afterAll, beforeAll, expect, test } from 'vitest'
import { findSecretInFolder } from '#test/support/wire.ts'
import { type Bench, openBench } from './support.ts'

let bench: Bench
let port: number
beforeAll(async () => {
  bench = await openBench()
  const config = {
    listeners: [{ port: 0, tls: 'plain' as const, auth: 'required' as const }],
    users: [{ user: 'worker', password: 'tr0ub4dor' }],
  }
  const { status } = await bench.client.call('server.start', { config })
  port = status.listeners[0]?.actualPort ?? 0
})
afterAll(() => bench.stop())

const profile = { id: 'p1', name: 'Local', values: { host: '127.0.0.1' } }
const start = (host: string) =>
  bench.client.call('dialogue.start', {
    target: { host, port, tls: 'none' },
    auth: { mechanism: 'plain', user: 'worker', allowUnprotected: true },
    profile: 'p1',
    stopAfter: 'auth',
  })

test('a kept password signs in, and never comes back', async () => {
  const password = { value: 'tr0ub4dor', host: '127.0.0.1', user: 'worker' }
  const saved = await bench.client.call('profile.save', { ...profile, secrets: { password } })
  expect(saved).toMatchObject({ ok: true, profile: { kept: ['password'] } })
  const listed = await bench.client.call('profile.list', {})
  expect(listed.keeps).toBe('memory')
  expect(JSON.stringify(listed)).not.toContain('tr0ub4dor')
  const started = await start('127.0.0.1')
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  const result = await bench.client.call('dialogue.result', { session: started.session })
  expect(result.outcome).toBe('stopped')
  const events = await bench.client.call('transcript.export', { session: started.session })
  expect(JSON.stringify(events)).toContain('235')
  expect(JSON.stringify(events)).not.toContain('tr0ub4dor')
  expect(findSecretInFolder(bench.folder, 'tr0ub4dor')).toBeNull()
})

test('it does not go to another host', async () => {
  const started = await start('localhost')
  expect(!started.ok && started.problems[0]?.field).toBe('auth.password')
})

test('removed and restored', async () => {
  expect(await bench.client.call('profile.remove', { id: 'p1' })).toEqual({ removed: true })
  expect((await bench.client.call('profile.list', {})).profiles).toEqual([])
  expect(await bench.client.call('profile.restore', { id: 'p1' })).toEqual({ restored: true })
  expect((await bench.client.call('profile.list', {})).profiles).toMatchObject([{ kept: ['password'] }])
})
