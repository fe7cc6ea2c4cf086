import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { IconButton } from '#renderer/ui/IconButton.tsx'

test('an icon has a name', async () => {
  const press = vi.fn()
  render(<IconButton icon="step" label="Step" keyHint="F10" onPress={press} />)
  await userEvent.click(screen.getByRole('button', { name: 'Step' }))
  expect(press).toHaveBeenCalledOnce()
})
