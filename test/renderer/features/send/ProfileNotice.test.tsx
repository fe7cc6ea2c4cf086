import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ProfileNotice } from '#renderer/features/send/ProfileNotice.tsx'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('a deletion can be taken back', async () => {
  const services = roomServices()
  services.client
    .on('profile.restore', () => ({ restored: true }))
    .on('profile.list', () => ({ profiles: [], keeps: 'memory' as const }))
  services.stores.profiles.getState().set({ removed: { id: 'p1', name: 'Harbour' } })
  const { stores } = renderRoom(<ProfileNotice />, services)
  expect(screen.getByRole('status').textContent).toContain('Harbour is deleted')
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(services.client.asked('profile.restore')).toEqual([{ id: 'p1' }])
  await userEvent.click(await screen.findByRole('button', { name: 'Dismiss' }))
  expect(stores.profiles.getState()).toMatchObject({ notice: '', removed: null })
})
