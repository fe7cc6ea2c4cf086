import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { OfferDetail } from '#renderer/features/compare/detail/OfferDetail.tsx'
import { cell } from '../../../../support/probeDetail.ts'

test('before and inside TLS, with what changed in words', () => {
  render(<OfferDetail result={cell({ capabilities: ['STARTTLS', 'VRFY'] })} />)
  for (const name of ['Before TLS', 'Inside TLS']) expect(screen.getByRole('heading', { name })).toBeTruthy()
  expect(screen.getByText(', new inside TLS')).toBeTruthy()
  expect(screen.getByText(', not offered any more')).toBeTruthy()
  expect(screen.getByText('PLAIN, inside TLS only')).toBeTruthy()
})

test('no answer to EHLO; an empty one', () => {
  const { capabilitiesAfterTls: _, ...silent } = cell({ capabilities: [] })
  const { rerender } = render(<OfferDetail result={silent} />)
  expect(screen.getByText(/did not answer EHLO/)).toBeTruthy()
  rerender(<OfferDetail result={{ ...silent, capabilitiesAfterTls: [] }} />)
  expect(screen.getAllByText('nothing')).toHaveLength(2)
})
