import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import RelayRoom from '#renderer/features/relay/index.tsx'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { serverStatus } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { noCounts, queueItem, relayServices, relayStatus, rulesFor } from '#test/support/relay/page.ts'

test('the whole room: where mail comes in, why, and the queue', async () => {
  const { container } = renderRoom(<RelayRoom />, relayServices([queueItem()]))
  expect(await screen.findByRole('option', { name: /desk@osprey/ })).toBeTruthy()
  expect(await screen.findByRole('heading', { name: /nobody had signed in/ })).toBeTruthy()
  expect(screen.getByRole('heading', { level: 1, name: /^Relay: ?Rules$/ })).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
test('nothing relays yet: the one thing that changes that', async () => {
  const services = relayServices([])
  services.client
    .on('server.status', () => serverStatus())
    .on('relay.status', () => relayStatus({ counts: noCounts, virtualMtas: [] }))
    .on('relay.rules', () => rulesFor(emptyPolicy()))
    .on('relay.attempts', () => ({ items: [] }))
  renderRoom(<RelayRoom />, services)
  expect(await screen.findByRole('heading', { name: 'Nothing relays here yet' })).toBeTruthy()
})
test('an engine that cannot be asked is told; what is asked goes with the room', async () => {
  const services = relayServices([])
  services.client.on('relay.status', () => {
    throw new RpcError('internal', 'No relay.')
  })
  const { unmount, stores } = renderRoom(<RelayRoom />, services)
  expect(await screen.findByText(/No relay\./)).toBeTruthy()
  stores.relay.getState().set({ asks: { what: 'text' } })
  unmount()
  await waitFor(() => expect(stores.relay.getState().asks).toBeNull())
})
