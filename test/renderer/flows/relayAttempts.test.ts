import { expect, test } from 'vitest'
import { loadAttempts, loadOlderAttempts, lookAt, refreshNow, showRefused, tryAttempt } from '#renderer/flows/relayAttempts.ts' // prettier-ignore
import { RpcError } from '#shared/rpc/error.ts'
import { attemptRow, relayServices, stranger, tried } from '#test/support/relay/page.ts'

const fail = () => {
  throw new RpcError('internal', 'Not now.')
}

test('the first attempt of all is looked at by itself; a later one does not take its place', async () => {
  const services = relayServices()
  await loadAttempts(services)
  const { relay } = services.stores
  expect(relay.getState().looked).toMatchObject({ row: { id: 'a1' }, now: { decision: { relay: false } } })
  services.client.on('relay.attempts', () => ({ items: [attemptRow(stranger, { id: 'a2' }), attemptRow()] }))
  await loadAttempts(services)
  expect(relay.getState().looked?.row?.id).toBe('a1')
  expect(relay.getState().attempts.items.map(({ id }) => id)).toEqual(['a2', 'a1'])
})
test('older ones are added once; what is wrong is words', async () => {
  const services = relayServices()
  const { client, stores } = services
  expect(await loadOlderAttempts(services)).toBeUndefined()
  client.on('relay.attempts', ({ before }) => (before === undefined ? { items: [attemptRow()], next: 'n' } : { items: [attemptRow(), attemptRow(stranger, { id: 'a0' })] })) // prettier-ignore
  await loadAttempts(services)
  expect(await loadOlderAttempts(services)).toBeUndefined()
  expect(stores.relay.getState().attempts.items.map(({ id }) => id)).toEqual(['a1', 'a0'])
  stores.relay.getState().set({ attempts: { ...stores.relay.getState().attempts, next: 'n' } })
  client.on('relay.attempts', fail)
  expect(await loadOlderAttempts(services)).toBe('Not now.')
  await expect(loadAttempts(services)).rejects.toThrow('Not now.')
  expect(stores.relay.getState().attempts).toMatchObject({ state: 'failed' })
})
test('refused only is another question', async () => {
  const services = relayServices()
  await showRefused(services, true)
  expect(services.client.asked('relay.attempts')[0]).toMatchObject({ refused: true })
  expect(services.stores.relay.getState().attempts).toMatchObject({ refused: true, state: 'ready' })
})
test('an attempt by hand is shown as tried and announced', async () => {
  const services = relayServices()
  const { stores } = services
  expect(await tryAttempt(services, { ...stranger, client: '10.0.5.20' })).toBeUndefined()
  expect(stores.relay.getState()).toMatchObject({ view: 'why', looked: { row: null, decision: { relay: true } } }) // prettier-ignore
  expect(stores.view.getState().announcement).toMatch(/^Relayed, because/)
  services.client.on('relay.try', fail)
  expect(await tryAttempt(services, stranger)).toBe('Not now.')
})
test('an answer about another attempt than the one looked at by now is dropped', async () => {
  const services = relayServices()
  const { client, stores } = services
  const { promise, resolve: late } = Promise.withResolvers<ReturnType<typeof tried>>()
  client.on('relay.try', () => promise)
  const first = lookAt(services, attemptRow())
  await Promise.resolve()
  await Promise.resolve()
  client.on('relay.try', ({ attempt }) => tried(attempt))
  await lookAt(services, attemptRow({ ...stranger, client: '10.0.5.20' }, { id: 'a2' }))
  late(tried(stranger))
  await first
  expect(stores.relay.getState().looked).toMatchObject({
    row: { id: 'a2' },
    now: { decision: { relay: true } },
  })
  client.on('relay.try', fail)
  await refreshNow(services)
  expect(stores.relay.getState().looked?.row?.id).toBe('a2')
})
const rows = (from: number) =>
  Array.from({ length: 200 }, (_, place) => attemptRow(stranger, { id: `a${from + place}` }))

test('more new ones than a page holds: the list ends where nothing is known of those between', async () => {
  const services = relayServices()
  services.client.on('relay.attempts', () => ({ items: rows(0), next: 'n1' }))
  await loadAttempts(services)
  services.client.on('relay.attempts', () => ({ items: rows(150), next: 'n2' }))
  await loadAttempts(services)
  expect(services.stores.relay.getState().attempts).toMatchObject({ next: 'n1' })
  expect(services.stores.relay.getState().attempts.items).toHaveLength(350)
  services.client.on('relay.attempts', () => ({ items: rows(1000), next: 'n3' }))
  await loadAttempts(services)
  expect(services.stores.relay.getState().attempts.items).toHaveLength(200)
  expect(services.stores.relay.getState().attempts.next).toBe('n3')
})
