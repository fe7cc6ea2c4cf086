import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { AskRemove } from '#renderer/features/inbox/AskRemove.tsx'

test('it says how many, the harmless answer has the focus, and a problem is said', async () => {
  const [close, remove] = [vi.fn(), vi.fn()]
  render(<AskRemove open count={3} act="Delete them" problem="The disk is full." onClose={close} onRemove={remove} />) // prettier-ignore
  expect(screen.getByRole('alertdialog', { name: 'Delete 3 items?' })).toBeTruthy()
  expect(document.activeElement?.textContent).toBe('Keep them')
  expect(screen.getByRole('alert').textContent).toContain('The disk is full.')
  await userEvent.keyboard('{Enter}')
  expect([close.mock.calls.length, remove.mock.calls.length]).toEqual([1, 0])
  await userEvent.click(screen.getByRole('button', { name: 'Delete them' }))
  expect(remove).toHaveBeenCalledTimes(1)
})
