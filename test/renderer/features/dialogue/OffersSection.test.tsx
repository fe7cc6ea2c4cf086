import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { OffersSection } from '#renderer/features/dialogue/OffersSection.tsx'
import { violations } from '../../../support/page/axe.ts'

test('each offer with meaning and RFC, mechanisms below; axe finds nothing', async () => {
  const mechanisms = [{ part: 'PLAIN', words: 'Both in one answer.' }]
  const { container } = render(
    <OffersSection
      offers={[
        { text: 'SIZE 10', words: 'How large.', reference: 'RFC 1870 §4', mechanisms: [] },
        { text: 'AUTH PLAIN', words: 'Sign in.', reference: '', mechanisms },
      ]}
    />,
  )
  expect(screen.getByRole('heading', { name: 'What the server offers' })).toBeTruthy()
  for (const words of ['RFC 1870 §4', 'How large.', 'Both in one answer.']) expect(screen.getByText(words)).toBeTruthy() // prettier-ignore
  expect(await violations(container)).toEqual([])
})
