import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { References } from '#renderer/features/dialogue/References.tsx'

test('links open outside and tell nothing of this page', () => {
  render(<References references={['RFC 4954 §6', 'as documented by Microsoft']} />)
  const link = screen.getByRole('link', { name: /RFC 4954 §6/ })
  expect(link.getAttribute('target')).toBe('_blank')
  expect(link.getAttribute('rel')).toBe('noopener noreferrer')
  expect(screen.getAllByRole('link')).toHaveLength(1)
})
