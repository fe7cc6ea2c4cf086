import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { TlsDetail } from '#renderer/features/compare/detail/TlsDetail.tsx'
import { cell, scanned } from '../../../../support/probeDetail.ts'

test('a scan: versions, what is refused, facts, doubts, effort', () => {
  render(<TlsDetail result={cell({ tls: scanned })} />)
  for (const words of ['TLS 1.3', 'the client decides', 'Refused: TLS 1.0 with the alert protocol_version; SSL 3.0 by closing the connection.', 'Scan: 38 connections, 412 ms', 'not secured'])
    expect(screen.getByText(words)).toBeTruthy()
  expect(screen.getByText(/stopped answering/)).toBeTruthy()
}) // prettier-ignore

test('without a scan the way to more is said', () => {
  render(<TlsDetail result={cell()} />)
  expect(screen.getByText(/Only what this computer’s TLS agreed on/).textContent).toContain('A TLS scan shows all')
}) // prettier-ignore

test('no TLS at all; none of a scan’s versions accepted', () => {
  const { tls: _, ...plain } = cell({ capabilities: ['DSN'] })
  const { rerender } = render(<TlsDetail result={plain} />)
  expect(screen.getByText(/STARTTLS is not offered/)).toBeTruthy()
  rerender(<TlsDetail result={cell({ tls: { ...scanned, versions: [], ciphers: [] } })} />)
  expect(screen.getByText('No version was accepted.')).toBeTruthy()
})
