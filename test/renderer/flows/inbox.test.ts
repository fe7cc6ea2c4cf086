import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import {
  clearInbox,
  followInbox,
  loadOlderMessages,
  loadSource,
  bulkInbox,
  starMessage,
  markMessage,
  openMessage,
  removeMessage,
  searchInbox,
} from '#renderer/flows/inbox.ts'
import { viewKey, wholeBox } from '#renderer/model/inboxView.ts'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { notFound } from '#shared/rpc/error.ts'
import { inboxPage, messageDetail, messageSummary } from '#test/support/mail.ts'
import { arrive, fakeServices } from '#test/support/services.ts'

const first = messageSummary({ id: 'a', receivedAt: '2026-03-04T08:00:00.000Z' })
const second = messageSummary({ id: 'b', receivedAt: '2026-03-04T09:00:00.000Z', unread: false })

let services: ReturnType<typeof fakeServices>
const state = () => services.stores.inbox.getState()
const ids = () => state().items.map(({ id }) => id)

beforeEach(() => {
  services = fakeServices()
  services.client
    .on('inbox.list', ({ before }) =>
      before
        ? inboxPage([first], { total: 2, unread: 1 })
        : inboxPage([second], { next: 'b', total: 2, unread: 1 }),
    )
    .on('inbox.mark', () => ({}))
    .on('inbox.remove', () => ({ removed: 1 }))
    .on('inbox.clear', () => ({ removed: 2 }))
})

const put = (id: string) => ({
  type: 'session' as const,
  summary: messageSummary({ id, outcome: 'refused' }),
})

test('loads the newest page, follows changes, and asks for older ones', async () => {
  const stop = followInbox(services)
  await arrive()
  expect(state()).toMatchObject({ list: 'ready', next: 'b', total: 2 })
  services.client.push('inbox.changes', [
    { type: 'put', summary: messageSummary({ id: 'c', receivedAt: '2026-03-04T10:00:00.000Z' }) },
  ])
  expect(ids()).toEqual(['c', 'b'])
  services.client.push('inbox.changes', [{ type: 'gone', ids: ['b'] }])
  expect(ids()).toEqual(['c'])
  await loadOlderMessages(services)
  expect(ids()).toEqual(['c', 'a'])
  await loadOlderMessages(services)
  expect(services.client.asked('inbox.list')).toHaveLength(2)
  services.client.push('inbox.changes', [{ type: 'cleared' }])
  expect(state().total).toBe(0)
  stop()
  expect(services.client.following('inbox.changes')).toEqual([])
})
test('changes that were lost make it ask again', async () => {
  followInbox(services)
  await arrive()
  services.client.push('inbox.changes', [], { lost: 5 })
  await arrive()
  expect(services.client.asked('inbox.list')).toHaveLength(2)
})
test('a list that cannot be had is said to have failed and keeps what it knew', async () => {
  followInbox(services)
  await arrive()
  services.client.fail('inbox.changes')
  expect(state().list).toBe('failed')
  expect(ids()).toEqual(['b'])
})
test('search: asks the engine; a late answer to an older text is dropped; empty ends it', async () => {
  state().set({ search: ' ines ' })
  await searchInbox(services)
  expect(services.client.asked('inbox.list').at(-1)).toEqual({ text: 'ines', show: 'all', sort: 'newest', limit: 200 }) // prettier-ignore
  expect(state().found).toMatchObject({ items: [{ id: 'b' }], total: 2, next: 'b' })
  await loadOlderMessages(services)
  expect(state().found).toMatchObject({ items: [{ id: 'b' }, { id: 'a' }], next: undefined })
  await searchInbox(services, true)
  expect(state().found?.items).toHaveLength(2)
  const late = searchInbox(services)
  state().set({ search: 'other' })
  await late
  expect(state().found?.key).toContain('ines')
  state().set({ search: '  ' })
  await searchInbox(services)
  expect(state().found).toBeNull()
})
test('a search that cannot be read is not asked', async () => {
  state().set({ search: 'form:x' })
  await searchInbox(services)
  expect(services.client.asked('inbox.list')).toEqual([])
})
test('changes ask for the counts and for what is looked at, once for many', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const stop = followInbox(services)
  await vi.runOnlyPendingTimersAsync()
  state().set({ show: 'refused' })
  const before = services.client.asked('inbox.list').length
  services.client.push('inbox.changes', [put('x')])
  services.client.push('inbox.changes', [put('y')])
  await vi.advanceTimersByTimeAsync(1000)
  expect(services.client.asked('inbox.list').slice(before).map(({ show, limit }) => `${show} ${limit}`)).toEqual(['all 1', 'refused 200']) // prettier-ignore
  services.client.push('inbox.changes', [{ type: 'many' }])
  expect(state().items).toEqual([])
  await vi.advanceTimersByTimeAsync(0)
  expect(ids()).toEqual(['b'])
  stop()
})
test('opening reads and marks read, once', async () => {
  services.client.on('inbox.get', ({ id }) => messageDetail({ id, unread: id === 'a' }))
  await openMessage(services, 'a')
  await openMessage(services, 'b')
  expect(services.client.asked('inbox.mark')).toEqual([{ ids: ['a'], unread: false }])
  expect(state().open?.id).toBe('b')
})
test('a message that is gone is told in words', async () => {
  services.client.on('inbox.get', ({ id }) => {
    throw notFound('Message', id)
  })
  await openMessage(services, 'x')
  expect(state()).toMatchObject({ open: null, problem: expect.stringContaining('is not here') })
})
test('an answer for a message that was left meanwhile is dropped', async () => {
  services.client.on('inbox.get', ({ id }) => messageDetail({ id }))
  services.stores.view.getState().go({ room: 'inbox', id: 'b' })
  await openMessage(services, 'a')
  expect(state().open).toBeNull()
})
test('what a search finds is not touched before its rows were seen', async () => {
  services.client.on('inbox.bulk', () => ({ changed: 2 }))
  const { set } = services.stores.inbox.getState()
  set({
    search: 'a',
    found: { key: viewKey({ ...wholeBox, search: 'a' }), items: [], total: 2, next: undefined },
  })
  expect(await bulkInbox(services, 'remove')).toBeUndefined()
  set({ search: 'ab' })
  expect(await bulkInbox(services, 'remove')).toContain('not answered yet')
  expect(services.client.asked('inbox.bulk')).toHaveLength(1)
})

test('mark, star, bulk, remove, clear', async () => {
  state().put([first, second])
  state().set({ open: messageDetail({ id: 'a' }) })
  expect(await markMessage(services, 'b', true)).toBeUndefined()
  services.client.on('inbox.star', () => ({})).on('inbox.bulk', () => ({ changed: 2 }))
  expect(await starMessage(services, 'b', true)).toBeUndefined()
  expect(await bulkInbox(services, 'read')).toBeUndefined()
  expect(services.client.asked('inbox.mark')).toEqual([{ ids: ['b'], unread: true }])
  expect(services.client.asked('inbox.bulk')).toEqual([{ text: '', show: 'all', act: 'read' }])
  expect(await removeMessage(services, 'a')).toBeUndefined()
  expect(state()).toMatchObject({ open: null, items: [second] })
  expect(await clearInbox(services)).toBeUndefined()
  expect(state().items).toEqual([])
})
test('what cannot be done is answered in words', async () => {
  services.client.on('inbox.clear', () => {
    throw new Error('The database is locked.')
  })
  expect(await clearInbox(services)).toBe('The database is locked.')
})
test('source octets come exactly', async () => {
  services.client.on('inbox.source', () => ({ base64: toBase64(utf8('naïve')), total: 6 }))
  // jsdom's arrays are of another realm than the page's: compare the octets.
  expect([...(await loadSource(services, 'a', { from: 0, size: 6 }))]).toEqual([...utf8('naïve')])
  services.client.on('inbox.source', () => ({ base64: '%', total: 6 }))
  await expect(loadSource(services, 'a', { from: 0, size: 6 })).rejects.toThrow(/base64/)
})
