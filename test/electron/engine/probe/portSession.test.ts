import { afterEach, expect, test } from 'vitest'
import { limitsOf, placeName, runPortSession } from '#engine/probe/portSession.ts'
import { trusted } from '#test/support/dialogue/certificates.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { mail } from '#test/support/dialogue/scriptedServer.ts'
import { clock } from '#test/support/dialogue/start.ts'
import { servers } from '#test/support/probe.ts'

const scripted = servers()
afterEach(() => scripted.close())
const { signal } = new AbortController()
const address = { address: '127.0.0.1', family: 4 } as const

test('one session: no look-up, the name asked for is the certificate’s, the chain is kept', async () => {
  const { ca, pair } = await trusted()
  const server = await scripted.serve(mail({ pair }))
  const hub = memoryHub()
  const place = { host: 'localhost', address, port: server.port }
  const ran = await runPortSession(place, 'starttls', { ca, timeout: 5000 }, { hub, clock }, signal)
  expect(ran.end.outcome.how).toBe('completed')
  expect(ran.head).toMatchObject({ role: 'client', host: 'localhost', port: server.port, tls: 'starttls' })
  expect(hub.sessions.get(ran.session)!.head).toMatchObject({ source: 'probe', host: 'localhost' })
  expect(ran.events.map(({ kind }) => kind)).not.toContain('resolve')
  expect(ran.events.find(({ kind }) => kind === 'tls')).toMatchObject({ sni: 'localhost', verified: true })
  expect(ran.chain.length).toBeGreaterThan(0)
  expect(server.received()).toMatch(/^EHLO \[127\.0\.0\.1\]\r\nSTARTTLS\r\n/)
  expect(server.received()).toMatch(/QUIT\r\n$/)
})

test('it may end after the greeting, and be cancelled before it begins', async () => {
  const server = await scripted.serve(mail())
  const place = { host: 'localhost', address, port: server.port }
  const deps = { hub: memoryHub(), clock }
  const settings = { ca: undefined, timeout: 5000 }
  const short = await runPortSession(place, 'none', settings, deps, signal, 'connect')
  expect(short.end.outcome.how).toBe('completed')
  expect(server.received()).toBe('QUIT\r\n')
  const gone = AbortSignal.abort()
  expect((await runPortSession(place, 'none', settings, deps, gone)).end.cancelled).toBe(true)
  expect(server.connections()).toBe(1)
})

test('each phase has its own limit, the others the common one', () => {
  expect(limitsOf({ timeout: 9, timeouts: { connect: 1, tls: 2 } })).toEqual({ lookUp: 9, connect: 1, greeting: 9, reply: 9, tls: 2 }) // prettier-ignore
  expect(limitsOf({ timeout: 9 })).toMatchObject({ lookUp: 9, greeting: 9 })
  expect(placeName({ host: 'x', address, port: 25 })).toBe('127.0.0.1 port 25')
})

test('a silent greeting and a silent handshake each end after their own limit', async () => {
  const silent = await scripted.serve(() => {})
  const place = { host: 'localhost', address, port: silent.port }
  const deps = { hub: memoryHub(), clock, patience: 1000 }
  const day = 24 * 60 * 60 * 1000
  const run = (tls: 'none' | 'implicit', timeouts: object) =>
    runPortSession(place, tls, { ca: undefined, timeout: day, timeouts }, deps, signal)
  expect((await run('none', { greeting: 30 })).end.outcome.how).toBe('timeout')
  const sealed = await run('implicit', { tls: 30 })
  expect(sealed.events.find(({ kind }) => kind === 'tls')).toMatchObject({ outcome: 'failed' })
})
