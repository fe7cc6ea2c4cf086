import { expect, onTestFinished, test } from 'vitest'
import { createAccounts } from '#engine/server/accounts.ts'
import { Listeners } from '#engine/server/listeners.ts'
import { sessionRules } from '#engine/server/rules.ts'
import { ListenerConfig, ServerConfig } from '#shared/rpc/contract/server.ts'
import { hashes } from '#test/support/hashes.ts'
import { talk } from '#test/support/server/talk.ts'

const base = ServerConfig.parse({ listeners: [] })
const config = (fields: object) => ListenerConfig.parse({ port: 0, ...fields })
const rulesFor = (one: ListenerConfig) =>
  one.tls === 'implicit'
    ? 'There is no certificate.'
    : { rules: sessionRules(one, base, createAccounts([], hashes), null), notices: [] }

function make() {
  const listeners = new Listeners((socket) => void socket.write('hello'))
  onTestFinished(() => listeners.close())
  const states = () => listeners.list.map((one) => one.status().state)
  return { listeners, states }
}

test('one bad listener does not stop the others', async () => {
  const { listeners, states } = make()
  const bad = [config({ address: '10.0.0.1' }), config({ address: 'nonsense' }), config({ tls: 'implicit' })]
  await listeners.apply([config({}), ...bad, config({})], rulesFor)
  expect(states()).toEqual(['listening', 'failed', 'failed', 'failed', 'listening'])
  expect(listeners.list[3]!.problem).toBe('There is no certificate.')
})

test('the same address and port twice is told at the second', async () => {
  const { listeners, states } = make()
  await listeners.apply([config({})], rulesFor)
  const port = listeners.list[0]!.actualPort!
  listeners.close()
  await listeners.apply([config({ port }), config({ port, address: 'localhost' })], rulesFor)
  expect(states()).toEqual(['listening', 'failed'])
  expect(listeners.list[1]!.problem).toMatch(/stands twice/)
})

test('new rules keep the socket; a removed listener takes no more, but its connections live', async () => {
  const { listeners, states } = make()
  await listeners.apply([config({}), config({ auth: 'off' })], rulesFor)
  const [first, second] = listeners.list.map((one) => one.actualPort!)
  const client = await talk(second!)
  await client.until(/hello/)
  await listeners.apply([config({ auth: 'required' })], rulesFor)
  expect(states()).toEqual(['listening'])
  expect(listeners.list[0]).toMatchObject({
    actualPort: first,
    rules: { machine: { auth: { policy: 'required' } } },
  })
  await expect(talk(second!)).rejects.toThrow(/ECONNREFUSED/)
  expect(client.ended).toBe(false)
})

test('another mapped port is nothing to one that listens on its own', async () => {
  const { listeners } = make()
  await listeners.apply([config({})], rulesFor)
  const port = listeners.list[0]!.actualPort
  await listeners.apply([config({ mappedPort: 4025 })], rulesFor)
  expect(listeners.list[0]!.actualPort).toBe(port)
})

test('consent withdrawn closes the socket', async () => {
  const { listeners, states } = make()
  await listeners.apply([config({ address: '0.0.0.0', allowOutside: true })], rulesFor)
  expect(states()).toEqual(['listening'])
  await listeners.apply([config({ address: '0.0.0.0' })], rulesFor)
  expect(states()).toEqual(['failed'])
})

test('one that is off stays in the list, without a socket, and comes back with its counts', async () => {
  const { listeners, states } = make()
  await listeners.apply([config({})], rulesFor)
  const [listener] = listeners.list
  listener!.total = 7
  await listeners.apply([config({ enabled: false })], rulesFor)
  expect([states(), listeners.list[0]!.problem]).toEqual([['off'], undefined])
  await listeners.apply([config({ enabled: true })], rulesFor)
  expect([states(), listeners.list[0]!.status().total]).toEqual([['listening'], 7])
})

test('one that is off does not stand in the way of another on its port', async () => {
  const { listeners, states } = make()
  await listeners.apply([config({})], rulesFor)
  const port = listeners.list[0]!.actualPort!
  await listeners.apply([config({ port, enabled: false }), config({ port })], rulesFor)
  expect(states()).toEqual(['off', 'listening'])
})
