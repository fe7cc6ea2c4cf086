import { expect, test } from 'vitest'
import { actOnQueue, countOfDomain, loadMoreQueue, loadQueue, openItem } from '#renderer/flows/relayQueue.ts'
import { notFound, RpcError } from '#shared/rpc/error.ts'
import { noCounts, queueItem, relayServices } from '#test/support/relay/page.ts'

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, place) => queueItem({ id: `q${from + place}` }))

test('a page, then the next; all that is shown is read again', async () => {
  const services = relayServices()
  const { client, stores } = services
  client.on('relay.queue', ({ before, limit }) => {
    const from = before === undefined ? 0 : Number(before)
    const items = rows(from, Math.min(limit, 1000 - from))
    return { items, total: 1000, counts: noCounts, ...(from + items.length < 1000 ? { next: String(from + items.length) } : {}) } // prettier-ignore
  })
  await loadQueue(services)
  expect(await loadMoreQueue(services)).toBeUndefined()
  expect(stores.relay.getState().queue?.items).toHaveLength(1000)
  expect(await loadMoreQueue(services)).toBeUndefined()
  await loadQueue(services)
  expect(client.asked('relay.queue').at(-1)).toMatchObject({ limit: 500, before: '500' })
  expect(stores.relay.getState().queue).toMatchObject({ total: 1000, next: undefined })
  expect(stores.relay.getState().queue?.items).toHaveLength(1000)
})
test('rows far down are not left as they were when the queue has moved on', async () => {
  const services = relayServices()
  const { client, stores } = services
  const state = { now: 'waiting' as 'waiting' | 'delivered' }
  client.on('relay.queue', ({ before, limit }) => {
    const from = Number(before ?? 0)
    const items = rows(from, limit).map((item) => ({ ...item, state: state.now }))
    return { items, total: 9000, counts: noCounts, next: String(from + limit) }
  })
  await loadQueue(services)
  for (let page = 0; page < 5; page++) await loadMoreQueue(services)
  expect(stores.relay.getState().queue?.items).toHaveLength(3000)
  state.now = 'delivered'
  await loadQueue(services)
  const { queue } = stores.relay.getState()
  expect(queue?.items.every((item) => item.state === 'delivered')).toBe(true)
  // What is behind four pages is let go, and asked for again from there.
  expect([queue?.items.length, queue?.next, queue?.total]).toEqual([2000, '2000', 9000])
})
test('an answer to another search is dropped', async () => {
  const services = relayServices([queueItem()])
  const { stores } = services
  const late = loadQueue(services)
  stores.relay.getState().set({ text: 'nobody' })
  await late
  expect(stores.relay.getState().queue).toBeNull()
  await loadQueue(services)
  expect(stores.relay.getState().queue?.items).toEqual([])
})
test('an entry is read; one that is gone is told', async () => {
  const services = relayServices([queueItem()])
  const { client, stores } = services
  await openItem(services, 's1.1/1')
  expect(stores.relay.getState().detail?.history).toHaveLength(2)
  client.on('relay.queueItem', ({ id }) => {
    throw notFound('Entry', id)
  })
  await openItem(services, 'old')
  expect(stores.relay.getState()).toMatchObject({ detail: null, selected: 'old' })
  expect(stores.relay.getState().detailProblem).toContain('old')
  await openItem(services, '')
  expect(stores.relay.getState()).toMatchObject({ selected: '', detailProblem: '' })
})
test('an act is announced, refused in words, and the list is read again', async () => {
  const services = relayServices([queueItem()])
  const { client, stores } = services
  expect(await actOnQueue(services, 'use-mta', { ids: ['s1.1/1'] }, 'mta2')).toBeUndefined()
  expect(client.asked('relay.act')).toEqual([
    { act: 'use-mta', target: { ids: ['s1.1/1'] }, virtualMta: 'mta2' },
  ])
  expect(stores.view.getState().announcement).toBe('One entry moved.')
  expect(stores.relay.getState().busy).toBe(false)
  client.on('relay.act', () => ({ done: 0, problems: [] }))
  expect(await actOnQueue(services, 'retry', { all: true })).toMatch(/Nothing was there/)
  client.on('relay.act', () => ({ done: 0, problems: [{ field: 'virtualMta', value: 'x', message: 'is none' }] })) // prettier-ignore
  expect(await actOnQueue(services, 'use-mta', { all: true }, 'x')).toBe('“x” is none.')
  client.on('relay.act', () => {
    throw new RpcError('internal', 'Not now.')
  })
  expect(await actOnQueue(services, 'hold', { domain: 'a.test' })).toBe('Not now.')
  client.on('relay.queue', () => {
    throw new RpcError('internal', 'Not now.')
  })
  await expect(loadQueue(services)).rejects.toThrow()
  expect(stores.relay.getState().queueState).toBe('failed')
})
test('how many of a domain there are, if anybody can say', async () => {
  const services = relayServices()
  services.client.on('relay.queue', ({ show, domain }) => ({ items: [], total: show === 'open' && domain === 'b.test' ? 7 : 0, counts: noCounts })) // prettier-ignore
  expect(await countOfDomain(services, 'b.test')).toBe(7)
  services.client.on('relay.queue', () => {
    throw new RpcError('not-found', 'gone')
  })
  expect(await countOfDomain(services, 'b.test')).toBeNull()
})
