import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { WireText } from '#renderer/features/dialogue/WireText.tsx'

test('the text has a name, and the keyboard reaches it', async () => {
  render(<WireText label="Bytes as text">250-SIZE 10</WireText>)
  await userEvent.tab()
  expect(document.activeElement).toBe(screen.getByRole('group', { name: 'Bytes as text' }))
  expect(document.activeElement?.textContent).toBe('250-SIZE 10')
})
