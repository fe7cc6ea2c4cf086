import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { EmptyInbox } from '#renderer/features/inbox/EmptyInbox.tsx'
import { serverStatus, stoppedServer } from '#test/support/mail.ts'
import { renderRoom, roomServices, type RoomServices } from '#test/support/page/room.tsx'

let services: RoomServices
beforeEach(() => {
  window.location.hash = ''
  services = roomServices()
})

test('while it listens: the settings, and one to myself', async () => {
  services.stores.server.getState().set({ status: serverStatus() })
  renderRoom(<EmptyInbox />, services)
  expect(screen.getByText('127.0.0.1:2525')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Copy settings' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Send one to myself' }))
  expect(window.location.hash).toBe('#/send')
  expect(services.stores.compose.getState().draft).toMatchObject({ host: '127.0.0.1', portChoice: '2525' })
})
test('while it is off: start catching', async () => {
  services.stores.server.getState().set({ status: stoppedServer() })
  renderRoom(<EmptyInbox />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Start catching' }))
  expect(await screen.findByText(/The first\s+message appears here by itself/)).toBeTruthy()
})
test('what stopped the start is said', () => {
  renderRoom(<EmptyInbox />, services)
  act(() => services.stores.server.getState().set({ problems: ['Port 2525 is taken.'] }))
  expect(screen.getByRole('alert').textContent).toContain('Port 2525 is taken.')
})
