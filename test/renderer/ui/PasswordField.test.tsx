import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'

test('hidden until asked for, never remembered', async () => {
  render(<PasswordField label="Password" value="geheim" onChange={() => {}} />)
  const field = screen.getByLabelText<HTMLInputElement>('Password')
  expect([field.type, field.autocomplete]).toEqual(['password', 'new-password'])
  await userEvent.click(screen.getByRole('button', { name: 'Show Password' }))
  expect(field.type).toBe('text')
  await userEvent.click(screen.getByRole('button', { name: 'Hide Password' }))
  expect(field.type).toBe('password')
})
test('says where the secret is, and offers to forget it', async () => {
  const forget = vi.fn()
  render(<PasswordField label="Password" value="" onChange={() => {}} note="in your keychain" onForget={forget} forgetLabel="Forget the password" />) // prettier-ignore
  expect(screen.getByText('in your keychain')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Show/ })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Forget the password' }))
  expect(forget).toHaveBeenCalledOnce()
})
