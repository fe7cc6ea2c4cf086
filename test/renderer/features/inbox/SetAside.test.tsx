import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { SetAside } from '#renderer/features/inbox/SetAside.tsx'
import { violations } from '#test/support/page/axe.ts'
import { drawn, renderRoom, roomServices } from '#test/support/page/room.tsx'

const path = '/data/relayscope.damaged-2026-01-02T03-04-05-000Z.db'

test('names the path of a database that was set aside, until it was read', async () => {
  const services = roomServices()
  services.client.on('inbox.setAside', () => ({ path }))
  const { container, client, unmount } = renderRoom(<SetAside />, services)
  expect(await screen.findByText(path)).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'I have read this' }))
  await waitFor(() => expect(screen.queryByText(path)).toBeNull())
  unmount()
  renderRoom(<SetAside />, services)
  await drawn()
  expect([screen.queryByText(path), client.asked('inbox.setAside').length]).toEqual([null, 1])
})

test('says nothing when the database was whole', async () => {
  const services = roomServices()
  services.client.on('inbox.setAside', () => ({ path: null }))
  const { container } = renderRoom(<SetAside />, services)
  await drawn()
  expect(container.textContent).toBe('')
})
