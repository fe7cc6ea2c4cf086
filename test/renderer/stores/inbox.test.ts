import { expect, test } from 'vitest'
import { createInboxStore } from '#renderer/stores/inbox.ts'
import { messageDetail, messageSummary } from '#test/support/mail.ts'

const message = (id: string, unread = true) =>
  messageSummary({ id, unread, receivedAt: `2026-03-04T10:0${id}:00.000Z` })

function loaded() {
  const store = createInboxStore()
  store.getState().put([message('2'), message('1')], { next: 'n', total: 40, unread: 10 })
  return store
}

test('a page brings its counts', () => {
  expect(loaded().getState()).toMatchObject({ total: 40, unread: 10, next: 'n' })
})
test('a new message counts, a change of a known one counts once', () => {
  const store = loaded()
  store.getState().put([message('3')])
  expect(store.getState()).toMatchObject({ total: 41, unread: 11 })
  store.getState().put([message('3', false)])
  expect(store.getState()).toMatchObject({ total: 41, unread: 10 })
  expect(store.getState().items.map(({ id }) => id)).toEqual(['3', '2', '1'])
})
test('removed ones leave list, search and counts', () => {
  const store = loaded()
  store.getState().set({ found: { key: 'x', next: undefined, items: [message('1')], total: 1 } })
  store.getState().remove(['1'])
  expect(store.getState()).toMatchObject({ total: 39, unread: 9 })
  expect(store.getState().found?.items).toEqual([])
})
test('cleared is empty', () => {
  const store = loaded()
  store.getState().clear()
  expect(store.getState()).toMatchObject({ items: [], total: 0, unread: 0, next: undefined })
})
test('the open message and the search follow a change', () => {
  const store = loaded()
  store.getState().set({
    open: messageDetail({ id: '1' }),
    found: { key: 'x', next: undefined, items: [message('1')], total: 1 },
  })
  store.getState().put([message('1', false)])
  expect(store.getState().open).toMatchObject({ unread: false, text: expect.stringContaining('Ines') })
  expect(store.getState().found?.items[0]?.unread).toBe(false)
})
test('the list’s state', () => {
  const store = createInboxStore()
  expect(store.getState().list).toBe('loading')
  store.getState().setList('failed')
  expect(store.getState().list).toBe('failed')
})
test('an older one that is met late was counted with the page already', () => {
  const store = loaded()
  store.getState().put([message('0')])
  expect(store.getState()).toMatchObject({ total: 40, unread: 10 })
  expect(store.getState().items).toHaveLength(3)
})
