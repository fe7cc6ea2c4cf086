import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
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

test('of very many offers the rest is asked for', async () => {
  const { capabilitiesAfterTls: _, ...rest } = cell({
    capabilities: Array.from({ length: 40 }, () => 'X-SAME'),
  })
  render(<OfferDetail result={rest} />)
  expect(screen.getAllByText('X-SAME')).toHaveLength(24)
  await userEvent.click(screen.getByRole('button', { name: 'and 16 more' }))
  expect(screen.getAllByText('X-SAME')).toHaveLength(40)
})

test('what is gone is counted too where it is very much', () => {
  const capabilities = Array.from({ length: 30 }, (_, i) => `X${i}`)
  render(<OfferDetail result={cell({ capabilities })} />)
  expect(screen.getByText('and 6 more gone')).toBeTruthy()
})
