import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Users } from '#renderer/features/server/Users.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const name = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' })
const password = () => screen.getByLabelText<HTMLInputElement>('Password')

test('a new user goes with a password; the others keep theirs; the fields are emptied', async () => {
  const { client, container } = renderRoom(<Users users={['ann']} />)
  expect(await violations(container)).toEqual([])
  await userEvent.type(name(), 'bob')
  await userEvent.type(password(), 's3cret{Enter}')
  expect(client.asked('server.configure')).toEqual([
    { users: [{ user: 'ann' }, { user: 'bob', password: 's3cret' }] },
  ])
  await waitFor(() => expect(password().value).toBe(''))
})
test('a known name gets the new password', async () => {
  renderRoom(<Users users={['ann']} />)
  await userEvent.type(name(), 'ann')
  expect(screen.getByRole('button', { name: 'Change password' })).toBeTruthy()
})
test('empty fields are told', async () => {
  const { client } = renderRoom(<Users users={[]} />)
  expect(screen.getByText(/any name and any password/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Add user' }))
  expect(screen.getByText(/The name is empty/)).toBeTruthy()
  expect(screen.getByText(/The password is empty/)).toBeTruthy()
  expect(client.asked('server.configure')).toEqual([])
})
test('whose password is gone is told, and a new one is given by name', async () => {
  const { client } = renderRoom(<Users users={['ann', 'bob']} lost={['ann']} />)
  expect(screen.getByText(/password is gone/).closest('li')?.textContent).toContain('ann')
  expect(screen.getAllByText('password saved, not shown')).toHaveLength(1)
  await userEvent.type(name(), 'ann')
  await userEvent.type(password(), 'new{Enter}')
  expect(client.asked('server.configure')).toEqual([
    { users: [{ user: 'bob' }, { user: 'ann', password: 'new' }] },
  ])
})
test('removing keeps the passwords of the others', async () => {
  const { client } = renderRoom(<Users users={['ann', 'bob']} />)
  await userEvent.click(screen.getByRole('button', { name: 'Remove ann' }))
  expect(client.asked('server.configure')).toEqual([{ users: [{ user: 'bob' }] }])
})
