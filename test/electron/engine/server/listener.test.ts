import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { Listener } from '#engine/server/listener.ts'
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
  expect(listener.status()).toMatchObject({ state: 'failed', problem: /taken by another program/ })
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
