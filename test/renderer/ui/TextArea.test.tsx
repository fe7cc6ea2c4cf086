import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { TextArea } from '#renderer/ui/TextArea.tsx'

test('several lines with a label and an error', async () => {
  const change = vi.fn()
  render(<TextArea label="Text" value="" onChange={change} error="Too long." />)
  await userEvent.type(screen.getByRole('textbox', { name: 'Text', description: 'Too long.' }), 'x')
  expect(change).toHaveBeenCalledWith('x')
})
