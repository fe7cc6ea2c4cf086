import { afterEach, expect, test } from 'vitest'
import { askControl, type ControlDeps } from '#engine/probe/controls.ts'
import { Lanes } from '#engine/probe/lanes.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { mail } from '#test/support/dialogue/scriptedServer.ts'
import { clock } from '#test/support/dialogue/start.ts'
import { closedPort, servers } from '#test/support/probe.ts'

const scripted = servers()
afterEach(() => scripted.close())

function deps(signal = new AbortController().signal): ControlDeps {
  const hub = memoryHub()
  return {
    look: { hub, family: 0, timeout: 2000, signal, lookup: () => Promise.resolve([]) },
    session: { hub, clock },
    settings: { ca: undefined, timeout: 2000 },
    lanes: new Lanes(4, 4),
  }
}

test('connection and greeting, nothing more', async () => {
  const server = await scripted.serve(mail())
  const asked = await askControl({ host: '127.0.0.1', port: server.port }, deps())
  expect(asked!.result).toMatchObject({ host: '127.0.0.1', connect: 'connected', greeted: true })
  expect(asked!.attempts).toMatchObject([{ port: server.port, outcome: 'connected' }])
  expect(server.received()).toBe('QUIT\r\n')
})

test('refused, and without an address', async () => {
  const refused = await askControl({ host: '127.0.0.1', port: await closedPort() }, deps())
  expect(refused!.result).toMatchObject({ connect: 'refused', greeted: false })
  const nameless = await askControl({ host: 'none.test', port: 25 }, deps())
  expect(nameless).toMatchObject({ result: { host: 'none.test', greeted: false }, attempts: [] })
})

test('not asked at all once the probe is cancelled', async () => {
  const server = await scripted.serve(mail())
  expect(
    await askControl({ host: '127.0.0.1', port: server.port }, deps(AbortSignal.abort())),
  ).toBeUndefined()
  expect(server.connections()).toBe(0)
})
