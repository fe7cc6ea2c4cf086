import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { MtaItem } from '#renderer/features/relay/MtaItem.tsx'
import { relayStatus } from '#test/support/relay/page.ts'

test('address, name, TLS, wait and what is queued', () => {
  const [mta] = relayStatus().virtualMtas
  const { container, rerender } = render(<MtaItem mta={mta!} onEdit={() => {}} />)
  expect(container.textContent).toContain('192.0.2.4 as mta1.shop.example')
  expect(screen.getByText('12 queued')).toBeTruthy()
  expect(screen.getByText('TLS required')).toBeTruthy()
  expect(screen.getByText('retry after 10 min')).toBeTruthy()
  rerender(<MtaItem mta={{ ...mta!, sourceHosts: [], tls: 'used' }} onEdit={() => {}} />)
  expect(container.textContent).toContain('the relay’s own address')
})
