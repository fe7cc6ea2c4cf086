import { act, screen, waitFor } from '@testing-library/react'
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
