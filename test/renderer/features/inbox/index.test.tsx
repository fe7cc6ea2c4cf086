import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import InboxRoom from '#renderer/features/inbox/index.tsx'
import { notFound } from '#shared/rpc/error.ts'
import { inboxPage, messageSummary } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { drawn, renderRoom, roomServices, type RoomServices } from '#test/support/page/room.tsx'

let services: RoomServices
beforeEach(() => {
  services = roomServices()
  services.stores.view.getState().go({ room: 'inbox', id: '' })
})
const open = (id: string) => act(() => services.stores.view.getState().go({ room: 'inbox', id }))

test('the list, then the message that is chosen, marked as read', async () => {
  const { container, client } = renderRoom(<InboxRoom />, services)
  expect(await screen.findByText('No message chosen')).toBeTruthy()
  open('m1')
  expect(await screen.findByRole('heading', { level: 1, name: /has shipped/ })).toBeTruthy()
  await waitFor(() => expect(client.asked('inbox.mark')).toEqual([{ ids: ['m1'], unread: false }]))
  expect(screen.getByRole('complementary', { name: 'How it arrived' })).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
test('the first message appears by itself', async () => {
  services.client.on('inbox.list', () => inboxPage())
  renderRoom(<InboxRoom />, services)
  expect(await screen.findByText('No mail yet')).toBeTruthy()
  act(() => services.client.push('inbox.changes', [{ type: 'put', summary: messageSummary() }]))
  expect(await screen.findByRole('option', { name: /Shop orders/ })).toBeTruthy()
})
test('a message that is gone is told in words', async () => {
  services.client.on('inbox.get', ({ id }) => {
    throw notFound('Message', id)
  })
  renderRoom(<InboxRoom />, services)
  await drawn()
  open('old')
  expect(await screen.findByText('This message cannot be shown')).toBeTruthy()
})
test('when everything is deleted the room has the focus: what had it went with the list', async () => {
  renderRoom(<main tabIndex={-1}><InboxRoom /></main>, services) // prettier-ignore
  await userEvent.click(await screen.findByRole('button', { name: 'All messages' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete all …' }))
  services.client.on('inbox.list', () => inboxPage())
  await userEvent.click(await screen.findByRole('button', { name: 'Delete all' }))
  act(() => services.client.push('inbox.changes', [{ type: 'gone', ids: ['m1'] }]))
  expect(await screen.findByText('No mail yet')).toBeTruthy()
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('main')))
})
