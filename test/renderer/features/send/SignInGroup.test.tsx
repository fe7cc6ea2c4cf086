import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { SignInGroup } from '#renderer/features/send/SignInGroup.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test('the password stays in memory and can be forgotten', async () => {
  const { stores, services, container } = renderRoom(<SignInGroup />)
  const field = screen.getByLabelText<HTMLInputElement>('Password')
  expect(field.type).toBe('password')
  await userEvent.type(field, 'tr0ub4dor')
  await userEvent.type(screen.getByRole('textbox', { name: 'User' }), 'ann')
  expect(stores.compose.getState().password).toBe('tr0ub4dor')
  expect([...services.saved.values()].join()).not.toContain('tr0ub4dor')
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Forget it' }))
  expect(stores.compose.getState().password).toBe('')
})
test('without signing in there is nothing to type', async () => {
  renderRoom(<SignInGroup />)
  await userEvent.click(screen.getByRole('button', { name: /Mechanism/ }))
  await userEvent.click(screen.getByRole('option', { name: 'None' }))
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'User' }).disabled).toBe(true)
})
