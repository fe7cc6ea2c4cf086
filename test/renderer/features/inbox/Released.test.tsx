import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Released } from '#renderer/features/inbox/Released.tsx'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('says how it ended, with the way to its dialogue', async () => {
  const services = roomServices()
  services.client.on('dialogue.result', ({ session }) => ({ session, outcome: 'rejected' as const, message: 'The server refused it.', recipients: [] })) // prettier-ignore
  renderRoom(<Released session="s9" />, services)
  expect(screen.getByRole('status').textContent).toContain('Releasing')
  expect(await screen.findByText(/Release: The server refused it\./)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Open its dialogue' }).getAttribute('href')).toBe('#/dialogue/s9')
})
