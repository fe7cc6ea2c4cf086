import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { ListDialogs } from '#renderer/features/inbox/ListDialogs.tsx'
import { MessageList } from '#renderer/features/inbox/MessageList.tsx'
import { inboxPage, messageSummary } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices, type RoomServices } from '#test/support/page/room.tsx'

const message = (id: string) =>
  messageSummary({ id, subject: `Report ${id}`, receivedAt: `2026-03-04T10:0${id}:00.000Z` })
let services: RoomServices
beforeEach(() => {
  window.location.hash = ''
  services = roomServices()
  services.stores.inbox.getState().put([message('2'), message('1')], { next: undefined, total: 2, unread: 2 })
  services.stores.inbox.getState().setList('ready')
})
const subjects = () =>
  screen.getAllByRole('option').map((row) => /Report \d/.exec(row.textContent ?? '')?.[0])

test('the keys move through it and open; Delete deletes and moves on', async () => {
  const { client, container } = renderRoom(<MessageList selected="2" />, services)
  expect(await violations(container)).toEqual([])
  screen.getByRole('listbox', { name: 'Messages' }).focus()
  await userEvent.keyboard('{ArrowDown}')
  expect(window.location.hash).toBe('#/inbox/1')
  await userEvent.keyboard('{Delete}')
  await waitFor(() => expect(client.asked('inbox.remove')).toEqual([{ ids: ['2'] }]))
  expect(window.location.hash).toBe('#/inbox/1')
})
test('new mail waits while the pointer is over the list', async () => {
  renderRoom(<MessageList selected="" />, services)
  await userEvent.hover(screen.getByRole('listbox'))
  act(() => services.stores.inbox.getState().put([message('3')]))
  expect(subjects()).toEqual(['Report 2', 'Report 1'])
  await userEvent.click(screen.getByRole('button', { name: 'Show 1 new' }))
  expect(subjects()).toEqual(['Report 3', 'Report 2', 'Report 1'])
})
test('search asks the engine when the typing rests', async () => {
  const { client } = renderRoom(<MessageList selected="" />, services)
  services.client.on('inbox.list', () => inboxPage())
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search messages' }), 'ines')
  expect(await screen.findByText('Nothing here matches that.')).toBeTruthy()
  expect(client.asked('inbox.list')).toEqual([{ text: 'ines', show: 'all', sort: 'newest', limit: 200 }])
})
test('all can be read or deleted, deleting asks first', async () => {
  const { client } = renderRoom(
    <>
      <MessageList selected="" />
      <ListDialogs />
    </>,
    services,
  )
  await userEvent.click(screen.getByRole('button', { name: 'All messages' }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Mark all as read' }))
  expect(client.asked('inbox.bulk')).toEqual([{ text: '', show: 'all', act: 'read' }])
  await userEvent.click(screen.getByRole('button', { name: 'All messages' }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Delete all …' }))
  expect(await screen.findByRole('alertdialog', { name: 'Delete 2 items?' })).toBeTruthy()
  expect(client.asked('inbox.clear')).toEqual([])
})
test('a list that is not up to date says so; older ones can be had', async () => {
  services.stores.inbox.getState().put([], { next: 'n', total: 9, unread: 0 })
  services.stores.inbox.getState().setList('failed')
  const { client } = renderRoom(<MessageList selected="" />, services)
  expect(screen.getByText(/not up to date/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'More' }))
  expect(client.asked('inbox.list')[0]?.before).toBe('n')
})
