import { beforeEach, expect, test } from 'vitest'
import {
  clearInbox,
  followInbox,
  loadOlderMessages,
  loadSource,
  markAllRead,
  markMessage,
  openMessage,
  removeMessage,
  searchInbox,
} from '#renderer/flows/inbox.ts'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { notFound } from '#shared/rpc/error.ts'
import { messageDetail, messageSummary } from '#test/support/mail.ts'
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
      before ? { items: [first], total: 2, unread: 1 } : { items: [second], next: 'b', total: 2, unread: 1 },
    )
    .on('inbox.mark', () => ({}))
    .on('inbox.remove', () => ({ removed: 1 }))
    .on('inbox.clear', () => ({ removed: 2 }))
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
  state().set({ search: 'ines' })
  await searchInbox(services, ' ines ')
  expect(state().found).toMatchObject({ text: 'ines', total: 2 })
  state().set({ search: 'other' })
  await searchInbox(services, 'late')
  expect(state().found?.text).toBe('ines')
  await searchInbox(services, '  ')
  expect(state().found).toBeNull()
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
test('mark, mark all, remove, clear', async () => {
  state().put([first, second])
  state().set({ open: messageDetail({ id: 'a' }) })
  expect(await markMessage(services, 'b', true)).toBeUndefined()
  expect(await markAllRead(services)).toBeUndefined()
  expect(services.client.asked('inbox.mark')).toEqual([
    { ids: ['b'], unread: true },
    { ids: ['a'], unread: false },
  ])
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
