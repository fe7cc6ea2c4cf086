import { expect, test } from 'vitest'
import { allowHost, pauseRelay, setRelaySettings } from '#renderer/flows/relaySettings.ts'
import type { Delivery } from '#shared/rpc/contract/relay.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { relayServices, relayStatus } from '#test/support/relay/page.ts'

test('the queue is held and goes on, and both are announced', async () => {
  const services = relayServices()
  const { stores, client } = services
  await pauseRelay(services, true)
  expect(stores.relay.getState().status?.settings.paused).toBe(true)
  expect(stores.view.getState().announcement).toMatch(/Nothing is delivered/)
  client.on('relay.setSettings', () => ({ status: relayStatus(), problems: [{ field: 'paused', value: '', message: 'No.' }] })) // prettier-ignore
  await pauseRelay(services, false)
  expect(stores.view.getState().notice).toBe('No.')
  client.on('relay.setSettings', () => {
    throw new RpcError('internal', 'Not now.')
  })
  expect(await setRelaySettings(services, { paused: true })).toEqual([{ field: '', value: '', message: 'Not now.' }]) // prettier-ignore
})
test('a host is added to those that there are, and what waited for it is released', async () => {
  const services = relayServices()
  const { client } = services
  expect(await allowHost(services, 'gannet.example', 'q8')).toBeUndefined()
  expect(client.asked('inbox.setAllowedHosts')).toEqual([{ hosts: ['osprey.example', 'gannet.example'] }])
  expect(client.asked('relay.act')).toEqual([{ act: 'release', target: { ids: ['q8'] } }])
  // One that is allowed already is not written twice.
  await allowHost(services, 'osprey.example', 'q8')
  expect(client.asked('inbox.setAllowedHosts')).toHaveLength(1)
  client.on('inbox.setAllowedHosts', () => ({ ok: false as const, problems: [{ field: 'hosts', value: '*', message: 'No wildcard.' }] })) // prettier-ignore
  expect(await allowHost(services, '*', 'q8')).toBe('No wildcard.')
  client.on('inbox.allowedHosts', () => {
    throw new RpcError('internal', 'Not now.')
  })
  expect(await allowHost(services, 'x.test', 'q8')).toBe('Not now.')
})
test('the one host is remembered when another destination is chosen', async () => {
  const services = relayServices()
  const { stores, client } = services
  const host = { to: 'host', host: 'm.test', port: 2525, tls: 'plain' } as const
  const answer = (delivery: Delivery) =>
    client.on('relay.setSettings', () => ({ status: relayStatus({ settings: { delivery, paused: false } }), problems: [] })) // prettier-ignore
  answer(host)
  await setRelaySettings(services, { delivery: host })
  expect(stores.relay.getState().lastHost).toBeNull()
  answer({ to: 'inbox' })
  await setRelaySettings(services, { delivery: { to: 'inbox' } })
  expect(stores.relay.getState().lastHost).toEqual(host)
})
