import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { OutsideLink } from '#renderer/ui/OutsideLink.tsx'

test('a link that says that it opens outside, and gives nothing away', () => {
  render(<OutsideLink href="https://a.test/">Source</OutsideLink>)
  const link = screen.getByRole('link', { name: /^Source ?\(opens outside\)$/ })
  expect([link.getAttribute('target'), link.getAttribute('rel')]).toEqual(['_blank', 'noopener noreferrer'])
})
