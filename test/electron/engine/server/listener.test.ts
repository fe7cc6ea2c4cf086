import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { type Listen, Listener } from '#engine/server/listener.ts'
import { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { portOf } from '#test/support/server/place.ts'
import { talk } from '#test/support/server/talk.ts'

const config = (port: number, fields: object = {}) => ListenerConfig.parse({ port, ...fields })
function make(from: ListenerConfig) {
  const listener = new Listener(from, (socket) => void socket.end('hello'))
  onTestFinished(() => listener.close())
  return listener
}

test('it listens, tells its port, and gives connections on', async () => {
  const listener = make(config(0))
  expect(listener.status()).toMatchObject({ state: 'off' })
  await listener.open()
  const status = listener.status()
  expect(status).toMatchObject({ state: 'listening', port: 0, actualPort: expect.any(Number) })
  await (await talk(status.actualPort!)).until(/hello/)
  listener.close()
  expect(listener.status()).toMatchObject({ state: 'off' })
})

test('a taken port is told in words; when it is free again, opening again works', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const listener = make(config(portOf(other)))
  await listener.open()
  expect(listener.status()).toMatchObject({ state: 'failed', problem: new RegExp(`by this program itself`) })
  await new Promise((resolve) => other.close(resolve))
  await listener.open()
  expect(listener.status()).toMatchObject({ state: 'listening' })
  expect(listener.status()).not.toHaveProperty('problem')
})

test('an address that this machine does not have is told', async () => {
  const listener = make(config(0, { address: '192.0.2.1', allowOutside: true }))
  await listener.open()
  expect(listener.status()).toMatchObject({ state: 'failed', problem: /no address 192\.0\.2\.1/ })
})

/** As a system that lets nobody have what is below 1024. */
const strict: Listen = async (server, host, port) => {
  if (port > 0 && port < 1024) throw Object.assign(new Error('no'), { code: 'EACCES' })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => resolve())
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

function makeStrict(from: ListenerConfig) {
  const listener = new Listener(from, (socket) => void socket.end('hello'), strict)
  onTestFinished(() => listener.close())
  return listener
}

test('a port that is not permitted is listened on at its mapped one, which the status says with reason and remedies', async () => {
  const mappedPort = await freePort()
  const listener = makeStrict(config(25, { mappedPort }))
  await listener.open()
  const { state, actualPort, mapped, problem } = listener.status()
  expect([state, actualPort, problem]).toEqual(['listening', mappedPort, undefined])
  expect(mapped).toMatchObject({ port: mappedPort, why: expect.stringContaining('below 1024') })
  expect(new Set(mapped!.remedies.map(({ system }) => system))).toEqual(
    new Set(['Linux', 'macOS', 'Windows']),
  )
  await (await talk(mappedPort)).until(/hello/)
  listener.close()
  expect(listener.status()).not.toHaveProperty('mapped')
})

test('0 is no mapped port; one that is taken is told with the reason for it', async () => {
  const none = makeStrict(config(25, { mappedPort: 0 }))
  await none.open()
  expect(none.status()).toMatchObject({ state: 'failed', problem: /below 1024/ })
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const both = makeStrict(config(25, { mappedPort: portOf(other) }))
  await both.open()
  expect(both.status()).toMatchObject({ state: 'failed', problem: /below 1024.*mapped port.*taken by/ })
})
