import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { CopyButton } from '#renderer/ui/CopyButton.tsx'

test('copies the text and says so', async () => {
  const user = userEvent.setup()
  render(<CopyButton text="127.0.0.1:2525">Copy settings</CopyButton>)
  await user.click(screen.getByRole('button', { name: 'Copy settings' }))
  expect(await navigator.clipboard.readText()).toBe('127.0.0.1:2525')
  expect(screen.getByRole('button', { name: 'Copied' })).toBeTruthy()
  expect(screen.getByRole('status').textContent).toBe('Copied to the clipboard.')
})
test('a clipboard that refuses is told', async () => {
  const user = userEvent.setup()
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'))
  render(<CopyButton text="x">Copy</CopyButton>)
  await user.click(screen.getByRole('button', { name: 'Copy' }))
  expect(await screen.findByRole('button', { name: 'Not allowed here' })).toBeTruthy()
})
