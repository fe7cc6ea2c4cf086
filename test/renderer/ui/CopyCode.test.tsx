import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { CopyCode } from '#renderer/ui/CopyCode.tsx'

test('copies its code and says so', async () => {
  const user = userEvent.setup()
  render(<CopyCode code="tcp-refused" />)
  await user.click(screen.getByRole('button', { name: 'tcp-refused, copy the code' }))
  expect(await navigator.clipboard.readText()).toBe('tcp-refused')
  expect(await screen.findByText('Copied to the clipboard.')).toBeTruthy()
})
