import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { TlsChips } from '#renderer/features/compare/detail/TlsChips.tsx'
import { violations } from '../../../../support/page/axe.ts'
import { scanned } from '../../../../support/probeDetail.ts'
import { working } from '../../../../support/probeReport.ts'

test('each version with its word for readers; axe finds nothing', async () => {
  const { container } = render(<TlsChips tls={scanned} />)
  expect(screen.getByRole('list', { name: 'TLS versions' }).children).toHaveLength(4)
  expect(screen.getByText('TLS 1.1 accepted, although it is out of use')).toBeTruthy()
  expect(await violations(container)).toEqual([])
})

test('what was not asked is said; compact shows only what is accepted', () => {
  const { rerender } = render(<TlsChips tls={working.tls} />)
  expect(screen.getByText('TLS 1.2 not asked')).toBeTruthy()
  rerender(<TlsChips tls={working.tls} compact />)
  expect(screen.queryByText('TLS 1.2 not asked')).toBeNull()
})

test('inside a button the versions are words, not a list', () => {
  const { container } = render(<button type="button"><TlsChips tls={scanned} inline /></button>) // prettier-ignore
  expect(container.querySelector('ul, li')).toBeNull()
  expect(screen.getByRole('button').textContent).toContain('TLS 1.1 accepted, although it is out of use')
})

test('no TLS in sight, or none accepted', () => {
  const { rerender, container } = render(<TlsChips />)
  expect(container.textContent).toBe('Not seen')
  rerender(<TlsChips tls={{ ...scanned, versions: [] }} compact />)
  expect(container.textContent).toBe('None accepted')
})
