import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { CommandLine } from '#renderer/features/server/CommandLine.tsx'

test('a command is shown whole and copied', async () => {
  const user = userEvent.setup()
  render(<CommandLine command="sudo update-ca-trust" />)
  await user.click(screen.getByRole('button', { name: 'Copy' }))
  expect(await navigator.clipboard.readText()).toBe('sudo update-ca-trust')
  expect(screen.getByText('Copied to the clipboard.')).toBeTruthy()
})
