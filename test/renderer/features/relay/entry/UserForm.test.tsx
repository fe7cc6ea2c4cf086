import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { UserForm } from '#renderer/features/relay/entry/UserForm.tsx'
import { drawEntry, type } from './support.tsx'

test('a new user needs a password, which travels beside the policy', async () => {
  const { save } = drawEntry(UserForm)
  await type('Name', 'worker')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(screen.getByText(/The password is empty/)).toBeTruthy()
  await type('Password', 'pass w0rd')
  const { policy, secrets } = await save()
  expect(policy.users.at(-1)).toMatchObject({ name: 'worker', method: 'password' })
  expect(secrets).toEqual({ 'user worker': 'pass w0rd' })
  expect(JSON.stringify(policy)).not.toContain('w0rd')
})
test('the saved password is kept and not shown; a name is there once', async () => {
  const { save } = drawEntry(UserForm, 0)
  expect(screen.getByLabelText<HTMLInputElement>('New password').value).toBe('')
  await userEvent.click(screen.getByRole('button', { name: /Mail goes by/ }))
  await userEvent.click(await screen.findByRole('option', { name: 'mta1' }))
  const { secrets } = await save()
  expect(secrets).toBeUndefined()
})
test('an account of this computer is kept, and said to be of no use here', async () => {
  const { save } = drawEntry(UserForm)
  await type('Name', 'ann')
  await userEvent.click(screen.getByRole('button', { name: /Signs in by/ }))
  await userEvent.click(await screen.findByRole('option', { name: /Account of this computer/ }))
  expect(screen.getByText(/^ann cannot sign in/)).toBeTruthy()
  expect((await save()).policy.users.at(-1)).toMatchObject({ name: 'ann', method: 'system' })
})
