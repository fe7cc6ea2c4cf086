import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { SignInGroup } from '#renderer/features/send/SignInGroup.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const choose = async (name: string) => {
  await userEvent.click(screen.getByRole('button', { name: /Mechanism/ }))
  await userEvent.click(screen.getByRole('option', { name }))
}

test('the password stays in memory and can be forgotten', async () => {
  const { stores, services, container } = renderRoom(<SignInGroup />)
  const field = screen.getByLabelText<HTMLInputElement>('Password')
  expect(field.type).toBe('password')
  await userEvent.type(field, 'tr0ub4dor')
  await userEvent.type(screen.getByRole('textbox', { name: 'User' }), 'ann')
  expect(stores.compose.getState().password).toBe('tr0ub4dor')
  expect([...services.saved.values()].join()).not.toContain('tr0ub4dor')
  expect(screen.getByText('until the app closes')).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Forget the password' }))
  expect(stores.compose.getState().password).toBe('')
})
test('without signing in there is nothing to type', async () => {
  renderRoom(<SignInGroup />)
  await choose('None')
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'User' }).disabled).toBe(true)
})
test('OAuth takes a token, EXTERNAL a certificate', async () => {
  const { stores } = renderRoom(<SignInGroup />)
  await choose('OAUTHBEARER')
  expect(screen.getByLabelText('Token')).toBeTruthy()
  await choose('EXTERNAL')
  await userEvent.click(screen.getByRole('button', { name: /Add the client certificate/ }))
  expect(stores.compose.getState().sheet).toBe('connection')
})
test('a kept password is said, never shown, and can be forgotten', async () => {
  const services = roomServices()
  services.client
    .on('profile.save', ({ id, name, values }) => ({
      ok: true as const,
      profile: { id, name, values, kept: [] },
    }))
    .on('profile.list', () => ({ profiles: [], keeps: 'keychain' as const }))
  services.stores.profiles.getState().choose('p1')
  services.stores.profiles
    .getState()
    .set({ keeps: 'keychain', profiles: [{ id: 'p1', name: 'A', values: {}, kept: ['password'] }] })
  renderRoom(<SignInGroup />, services)
  expect(screen.getByText('in your keychain')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Forget the password' }))
  expect(services.client.asked('profile.save')[0]?.secrets).toEqual({ password: null })
})
