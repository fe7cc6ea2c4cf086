import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Sheet } from '#renderer/ui/Sheet.tsx'

test('a named dialog that Escape closes', async () => {
  const close = vi.fn()
  render(<Sheet open label="Inspector" side="right" onClose={close}>content</Sheet>) // prettier-ignore
  expect(screen.getByRole('dialog', { name: 'Inspector' }).textContent).toContain('content')
  await userEvent.keyboard('{Escape}')
  expect(close).toHaveBeenCalledOnce()
})
