import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { Dialog } from '#renderer/ui/Dialog.tsx'

/** A form that draws itself anew, and not the dialog around it. */
function Saving() {
  const [busy, setBusy] = useState(false)
  return <button type="button" disabled={busy} onClick={() => setBusy(true)}>Save</button> // prettier-ignore
}

test('is named by its title; Escape is the harmless answer', async () => {
  const close = vi.fn()
  render(<Dialog open role="alertdialog" title="Delete it?" tone="warn" onClose={close}>It is gone then.</Dialog>) // prettier-ignore
  expect(screen.getByRole('alertdialog', { name: 'Delete it?' }).textContent).toContain('It is gone then.')
  await userEvent.keyboard('{Escape}')
  expect(close).toHaveBeenCalledOnce()
})
test('a pressed button that is switched off leaves the focus in the dialog: Escape still answers', async () => {
  const close = vi.fn()
  render(<Dialog open title="Save it?" onClose={close}><Saving /></Dialog>) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(screen.getByRole('dialog')).toBe(document.activeElement))
  await userEvent.keyboard('{Escape}')
  expect(close).toHaveBeenCalledOnce()
})
test('closed is not there', () => {
  render(<Dialog open={false} title="x" onClose={() => {}}>y</Dialog>) // prettier-ignore
  expect(screen.queryByRole('dialog')).toBeNull()
})
