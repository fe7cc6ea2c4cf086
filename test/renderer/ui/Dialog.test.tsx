import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Dialog } from '#renderer/ui/Dialog.tsx'

test('is named by its title; Escape is the harmless answer', async () => {
  const close = vi.fn()
  render(<Dialog open role="alertdialog" title="Delete it?" tone="warn" onClose={close}>It is gone then.</Dialog>) // prettier-ignore
  expect(screen.getByRole('alertdialog', { name: 'Delete it?' }).textContent).toContain('It is gone then.')
  await userEvent.keyboard('{Escape}')
  expect(close).toHaveBeenCalledOnce()
})
test('closed is not there', () => {
  render(<Dialog open={false} title="x" onClose={() => {}}>y</Dialog>) // prettier-ignore
  expect(screen.queryByRole('dialog')).toBeNull()
})
