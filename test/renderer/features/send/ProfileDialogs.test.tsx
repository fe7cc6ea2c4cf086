import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ProfileDialogs } from '#renderer/features/send/ProfileDialogs.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('a name is asked for, with what happens to the password', async () => {
  const services = roomServices()
  services.client
    .on('profile.save', ({ id, name, values }) => ({
      ok: true as const,
      profile: { id, name, values, kept: [] },
    }))
    .on('profile.list', () => ({ profiles: [], keeps: 'memory' as const }))
  services.stores.compose.getState().setPassword('pw')
  services.stores.profiles.getState().set({ naming: { act: 'save', name: 'A', problem: '' } })
  renderRoom(<ProfileDialogs />, services)
  expect(screen.getByText(/in memory until the app closes, never in the profile/)).toBeTruthy()
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'B{Enter}')
  expect(services.client.asked('profile.save')[0]?.name).toBe('AB')
})
test('a provider is started from; each row is dated and has its source', async () => {
  const services = roomServices()
  services.stores.profiles.getState().set({ starting: true })
  const { stores } = renderRoom(<ProfileDialogs />, services)
  expect(screen.getAllByText(/Read on 20\d\d-\d\d-\d\d/).length).toBeGreaterThan(8)
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Start here: Fastmail, smtp.fastmail.com' }))
  expect(stores.compose.getState().draft).toMatchObject({ host: 'smtp.fastmail.com', portChoice: '465' })
  expect(stores.profiles.getState().starting).toBe(false)
})
