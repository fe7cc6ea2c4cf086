import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Lost } from '#renderer/features/server/Lost.tsx'

test('a lost secret is told with a glyph, not by its colour alone', () => {
  render(<Lost>give a new one</Lost>)
  const shown = screen.getByText('give a new one')
  expect(shown.querySelector('svg')).not.toBeNull()
})
