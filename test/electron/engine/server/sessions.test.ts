import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { createAccounts } from '#engine/server/accounts.ts'
import { Listener } from '#engine/server/listener.ts'
import { sessionRules } from '#engine/server/rules.ts'
import { Sessions } from '#engine/server/sessions.ts'
import { ServerConfig } from '#shared/rpc/contract/server.ts'
import { fakeHub, fakeStore } from '#test/support/server/fakes.ts'
import { hashes } from '#test/support/hashes.ts'
import { keepLog, portOf, systemClock } from '#test/support/server/place.ts'
import { talk } from '#test/support/server/talk.ts'

async function make(limits: object = {}) {
  const config = ServerConfig.parse({ name: 'mx.test', listeners: [{ port: 0, tls: 'plain' }], limits })
  const { hub, sessions: recorded, short } = fakeHub()
  const { log, lines } = keepLog()
  const changes: string[] = []
  const options = {
    hub,
    store: fakeStore().store,
    clock: systemClock,
    log,
    changed: () => void changes.push('x'),
  }
  const sessions = new Sessions(options, config.limits)
  sessions.limit(config.limits, config.limits.idle)
  const listener = new Listener(config.listeners[0]!, () => {})
  listener.rules = sessionRules(config.listeners[0]!, config, createAccounts([], hashes), null)
  const server = createServer({ allowHalfOpen: true }, (socket) => sessions.accept(socket, listener)).listen(
    0,
    '::',
  )
  onTestFinished(async () => {
    server.close()
    await sessions.stop()
  })
  await once(server, 'listening')
  return { sessions, listener, port: portOf(server), recorded, short, lines, changes, hub }
}

test('a connection is recorded with both ends; an IPv4 client of an IPv6 socket is an IPv4 client', async () => {
  const { port, recorded, listener } = await make()
  const client = await talk(port)
  await client.until(/220/)
  expect(recorded[0]!.head).toEqual({
    source: 'server',
    role: 'server',
    host: '127.0.0.1',
    port,
    tls: 'none',
  })
  expect(recorded[0]!.events[0]).toMatchObject({
    kind: 'connect', address: '127.0.0.1', family: 4, port: client.socket.localPort, local: { address: '127.0.0.1', port },
  }) // prettier-ignore
  expect([listener.sessions, listener.total]).toEqual([1, 1])
})

test('a connection too many is refused and leaves no session behind', async () => {
  const { port, short, listener } = await make({ connectionsPerAddress: 1 })
  await (await talk(port)).until(/220/)
  const second = await talk(port)
  await second.closed
  expect(second.received).toMatch(/^421 4\.7\.0/)
  expect(short(1)).toEqual(['connect', expect.stringMatching(/^S: 421/), 'end refused by server'])
  expect([listener.sessions, listener.total]).toEqual([1, 2])
})

test('stop ends all sessions, also the deaf ones, and resolves when none is left', async () => {
  const { sessions, port, listener, short } = await make()
  const polite = await talk(port)
  await polite.until(/220/)
  const deaf = await talk(port)
  await deaf.until(/220/)
  deaf.socket.removeAllListeners('end')
  deaf.socket.pause()
  await sessions.stop()
  expect(listener.sessions).toBe(0)
  expect(short(0).at(-1)).toMatch(/^end closed by server/)
  await sessions.stop()
})

test('when the hub takes no more sessions, the connection is closed and nothing breaks', async () => {
  const { port, hub, lines } = await make()
  hub.begin = () => {
    throw new Error('stopping')
  }
  await (
    await talk(port)
  ).closed
  expect(lines).toMatchObject([{ level: 'error' }])
})

test('the longest held is named first; a gate of a session that has ended says so', async () => {
  const { sessions, port, recorded } = await make()
  sessions.holdRules = { who: 'every', step: false, breakpoints: ['NOOP'] }
  const clients = [await talk(port), await talk(port)]
  for (const client of clients) await client.until(/220/)
  const [early, late] = recorded.map((_, i) => `s${i + 1}`)
  for (const [client, count] of [
    [clients[1]!, 1],
    [clients[0]!, 2],
  ] as const) {
    client.write('NOOP\r\n')
    await expect.poll(() => sessions.held.length).toBe(count)
  }
  expect(sessions.held).toEqual([late, early])
  expect(sessions.gate(early!)!.act({ type: 'drop' })).toEqual({ ok: true })
  await clients[0]!.closed
  await expect.poll(() => sessions.held).toEqual([late])
  expect(sessions.gate(early!)!.act({ type: 'step' }).problem).toBe('This dialogue has ended.')
})
