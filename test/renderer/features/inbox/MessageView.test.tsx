import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { MessageView } from '#renderer/features/inbox/MessageView.tsx'
import { messageDetail } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

beforeEach(() => {
  window.location.hash = '#/inbox/m1'
})

test('subject, text, and the other views by keyboard', async () => {
  const { container } = renderRoom(<MessageView message={messageDetail()} />)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Your order 10294 has shipped')
  expect(screen.getByText(/the parcel left our store/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
  screen.getByRole('tab', { name: 'Text' }).focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(screen.getByRole('tab', { name: 'Source', selected: true })).toBeTruthy()
  await userEvent.keyboard('{ArrowRight}')
  expect(screen.getByRole('tab', { name: /Headers/, selected: true })).toBeTruthy()
  expect(screen.getAllByRole('definition').length).toBeGreaterThan(3)
})
test('marks as read or unread', async () => {
  const { client } = renderRoom(<MessageView message={messageDetail({ unread: false })} />)
  await userEvent.click(screen.getByRole('button', { name: 'Mark as unread' }))
  expect(client.asked('inbox.mark')).toEqual([{ ids: ['m1'], unread: true }])
})
test('deletes without asking and leads back to the list', async () => {
  const { client } = renderRoom(<MessageView message={messageDetail()} />)
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(window.location.hash).toBe('#/inbox'))
  expect(client.asked('inbox.remove')).toEqual([{ ids: ['m1'] }])
})
test('what cannot be deleted stays and says why', async () => {
  const services = roomServices()
  services.client.on('inbox.remove', () => {
    throw new Error('The disk is read-only.')
  })
  renderRoom(<MessageView message={messageDetail()} />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  expect((await screen.findByRole('alert')).textContent).toContain('The disk is read-only.')
  expect(window.location.hash).toBe('#/inbox/m1')
})
