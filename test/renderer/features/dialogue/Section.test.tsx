import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Section } from '#renderer/features/dialogue/Section.tsx'

test('a title, something aside, the content', () => {
  render(<Section title="Timing" aside={<span>118 ms</span>}>bar</Section>) // prettier-ignore
  expect(screen.getByRole('heading', { name: 'Timing' }).closest('section')?.textContent).toBe(
    'Timing118 msbar',
  )
})
