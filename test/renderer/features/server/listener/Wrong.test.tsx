import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Wrong } from '#renderer/features/server/listener/Wrong.tsx'

test('is said at once and can have the focus; nothing is nothing', () => {
  const { container, rerender } = render(<Wrong words={undefined} />)
  expect(container.textContent).toBe('')
  rerender(<Wrong words="None is chosen." />)
  const told = screen.getByRole('alert')
  told.focus()
  expect(document.activeElement).toBe(told)
})
