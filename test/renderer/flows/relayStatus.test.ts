import { expect, test, vi } from 'vitest'
import { askRelayStatus, followRelayStatus } from '#renderer/flows/relayStatus.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { relayServices, relayStatus } from '#test/support/relay/page.ts'

test('followed once for all who want it, until the last has left', async () => {
  const services = relayServices()
  const { client, stores } = services
  const stops = [followRelayStatus(services), followRelayStatus(services)]
  await vi.waitFor(() => expect(stores.relay.getState().status).not.toBeNull())
  expect(client.asked('relay.status')).toHaveLength(1)
  client.push('relay.changes', [relayStatus(), relayStatus({ allowedHosts: ['b.example'] })])
  expect(stores.relay.getState().status?.allowedHosts).toEqual(['b.example'])
  stops[0]?.()
  expect(client.following('relay.changes')).toHaveLength(1)
  stops[1]?.()
  expect(client.following('relay.changes')).toHaveLength(0)
})
test('what cannot be asked is said, until it can', async () => {
  const services = relayServices()
  const { client, stores } = services
  client.on('relay.status', () => {
    throw new RpcError('internal', 'No relay.')
  })
  await askRelayStatus(services)
  expect(stores.relay.getState().problem).toBe('No relay.')
  client.on('relay.status', () => relayStatus())
  await askRelayStatus(services)
  expect(stores.relay.getState().problem).toBe('')
})
