import { expect, test, vi } from 'vitest'
import { followRelay } from '#renderer/flows/relay.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { arrive } from '#test/support/services.ts'
import { queueItem, relayServices, relayStatus } from '#test/support/relay/page.ts'

test('all of it is asked for once, then only what a newer version changed', async () => {
  const services = relayServices([queueItem()])
  const { client, stores } = services
  const stop = followRelay(services)
  await vi.waitFor(() => expect(stores.relay.getState().queue?.items).toHaveLength(1))
  await vi.waitFor(() => expect(stores.relay.getState().looked?.now).toBeTruthy())
  const before = client.asked('relay.rules').length
  const { version } = relayStatus()
  client.push('relay.changes', [relayStatus({ version: { ...version, queue: 2 } })])
  await vi.waitFor(() => expect(client.asked('relay.queue')).toHaveLength(2))
  expect(client.asked('relay.rules')).toHaveLength(before)
  expect(client.asked('relay.attempts')).toHaveLength(1)
  expect(client.asked('relay.reports')).toHaveLength(0)
  stop()
  expect(client.following('relay.changes')).toHaveLength(0)
})
test('a burst of changes is one question', async () => {
  const services = relayServices()
  const { client, stores } = services
  const stop = followRelay(services)
  await vi.waitFor(() => expect(stores.relay.getState().queue).not.toBeNull())
  const { version } = relayStatus()
  for (let queue = 2; queue < 40; queue++)
    client.push('relay.changes', [relayStatus({ version: { ...version, queue } })])
  await vi.waitFor(() => expect(client.asked('relay.queue')).toHaveLength(2))
  await arrive()
  expect(client.asked('relay.queue')).toHaveLength(2)
  stop()
})
test('what cannot be asked is said, and asked again when the connection is back', async () => {
  const services = relayServices()
  const { client, stores } = services
  client.on('relay.status', () => {
    throw new RpcError('internal', 'No relay.')
  })
  stores.connection.getState().set({ state: 'lost' })
  const stop = followRelay(services)
  await vi.waitFor(() => expect(stores.relay.getState().problem).toBe('No relay.'))
  client.on('relay.status', () => relayStatus())
  stores.connection.getState().set({ state: 'open' })
  await vi.waitFor(() => expect(stores.relay.getState().status).not.toBeNull())
  expect(stores.relay.getState().problem).toBe('')
  stop()
})
test('what fails is announced where a person looks, and hits are asked for where they are seen', async () => {
  const services = relayServices()
  const { client, stores } = services
  const stop = followRelay(services)
  await vi.waitFor(() => expect(stores.relay.getState().looked?.now).toBeTruthy())
  const before = client.asked('relay.rules').length
  const { version, counts } = relayStatus()
  client.push('relay.changes', [relayStatus({ counts: { ...counts, bounced: 2 } })])
  expect(stores.view.getState().announcement).toBe('')
  stores.view.getState().go({ room: 'relay', id: '' })
  stores.relay.getState().set({ view: 'all' })
  client.push('relay.changes', [
    relayStatus({ counts: { ...counts, bounced: 3 }, version: { ...version, attempts: 2 } }),
  ])
  expect(stores.view.getState().announcement).toBe('1 more message failed.')
  await vi.waitFor(() => expect(client.asked('relay.rules').length).toBe(before + 1))
  stop()
})
