import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { CertificateWord } from '#renderer/features/compare/detail/CertificateWord.tsx'
import { now, scanned } from '../../../../support/probeDetail.ts'

test('short words with the whole ones as title', () => {
  render(<CertificateWord tls={scanned} now={now} />)
  expect(screen.getByText('Valid, 61 d').closest('[title]')?.getAttribute('title')).toBe('Valid, 61 days')
})

test('nothing seen', () => {
  const { container } = render(<CertificateWord />)
  expect(container.textContent).toBe('Not seen')
})
