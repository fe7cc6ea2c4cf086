import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { TlsaList } from '#renderer/features/compare/detail/TlsaList.tsx'
import { domain } from '../../../../support/probeDetail.ts'

test('each record in words, whether it fits, and the caveat', () => {
  render(<TlsaList hosts={domain().tlsa} />)
  for (const words of ['3 1 1', 'Matches', 'No TLSA record', 'DNSSEC not proven']) expect(screen.getByText(words)).toBeTruthy() // prettier-ignore
  expect(screen.getByText(/ask a resolver you call validating/)).toBeTruthy()
})

test('nobody was asked for; very many records are counted', () => {
  const { rerender } = render(<TlsaList hosts={[]} />)
  expect(screen.getByText('No host was asked for.')).toBeTruthy()
  const records = Array.from({ length: 11 }, () => ({ usage: 3, selector: 1, matching: 1 }))
  rerender(<TlsaList hosts={[{ ...domain().tlsa[0]!, records }]} />)
  expect(screen.getByText('and 3 more')).toBeTruthy()
})
