import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ReferenceLink } from '#renderer/ui/ReferenceLink.tsx'

test('an RFC is a link, what a vendor wrote is words', () => {
  render(<><ReferenceLink text="RFC 8996 §3" /><ReferenceLink text="a vendor’s manual" /></>) // prettier-ignore
  expect(screen.getByRole('link').getAttribute('href')).toBe(
    'https://www.rfc-editor.org/rfc/rfc8996#section-3',
  )
  expect(screen.getByText('a vendor’s manual').tagName).toBe('SPAN')
})
