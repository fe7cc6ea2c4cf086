import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Select } from '#renderer/ui/Select.tsx'

test('opens a list and chooses from it', async () => {
  const change = vi.fn()
  const options = [{ value: 'starttls', label: 'STARTTLS', description: 'Seal before signing in' }, { value: 'none', label: 'No TLS' }] as const // prettier-ignore
  render(<Select label="TLS" value="starttls" options={options} onChange={change} />)
  const button = screen.getByRole('button', { name: /TLS/ })
  expect(button.textContent).toContain('STARTTLS')
  await userEvent.click(button)
  await userEvent.click(screen.getByRole('option', { name: 'No TLS' }))
  expect(change).toHaveBeenCalledWith('none')
})
