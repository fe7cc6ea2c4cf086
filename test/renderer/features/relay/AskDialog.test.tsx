import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { AskDialog } from '#renderer/features/relay/AskDialog.tsx'

test('the harmless answer has the focus; what went wrong stays in sight, and only what was done closes it', async () => {
  const user = userEvent.setup()
  const run = vi.fn<() => Promise<string | undefined>>().mockResolvedValueOnce('The disk is full.')
  const onClose = vi.fn<() => void>()
  const act = { tone: 'danger', children: 'Drop it' } as const
  render(
    <AskDialog title="Drop it?" tone="warn" keep={{ children: 'Keep it' }} act={act} run={run} onClose={onClose}>
      <p>It is forgotten.</p>
    </AskDialog>,
  ) // prettier-ignore
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep it' }))
  await user.click(screen.getByRole('button', { name: 'Drop it' }))
  expect(await screen.findByText('The disk is full.')).toBeTruthy()
  expect(onClose).not.toHaveBeenCalled()
  await user.click(screen.getByRole('button', { name: 'Drop it' }))
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce())
})
