import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { UserForm } from '#renderer/features/relay/entry/UserForm.tsx'
import { shopPolicy } from '#test/support/relay/page.ts'
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
test('under another name the saved password is kept', async () => {
  const { save, client } = drawEntry(UserForm, 0)
  await type('Name', 'market')
  expect(screen.getByLabelText('New password')).toBeTruthy()
  const { policy, secrets } = await save()
  expect([policy.users[0]?.name, secrets]).toEqual(['market', undefined])
  expect(client.asked('relay.setRules')[0]).toMatchObject({ rules: { renamed: { from: 'shop', to: 'market' } } }) // prettier-ignore
})
test('who signed in by a certificate has no password that could be kept', async () => {
  drawEntry(UserForm, 0, { ...shopPolicy(), users: [{ name: 'shop', method: 'certificate' }] })
  await userEvent.click(screen.getByRole('button', { name: /Signs in by/ }))
  await userEvent.click(await screen.findByRole('option', { name: /^Password/ }))
  expect(screen.getByLabelText('Password')).toBeTruthy()
})
test('an account of this computer is kept, and said to be of no use here', async () => {
  const { save } = drawEntry(UserForm)
  await type('Name', 'ann')
  await userEvent.click(screen.getByRole('button', { name: /Signs in by/ }))
  await userEvent.click(await screen.findByRole('option', { name: /Account of this computer/ }))
  expect(screen.getByText(/^ann cannot sign in/)).toBeTruthy()
  expect((await save()).policy.users.at(-1)).toMatchObject({ name: 'ann', method: 'system' })
})
