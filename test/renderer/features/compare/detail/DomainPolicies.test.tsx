import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { MtaSts, TlsReporting } from '#renderer/features/compare/detail/DomainPolicies.tsx'
import { domain } from '../../../../support/probeDetail.ts'

test('mode, allowed names, and which MX fails it and why', () => {
  const { container } = render(<MtaSts sts={domain().mtaSts} />)
  expect(screen.getByText('*.shop.test')).toBeTruthy()
  expect(container.textContent).toContain('mx1.shop.test does not keep it: its certificate does not hold')
})

test('a policy that nobody could read is not called broken by an MX; nobody answered', () => {
  const { container, rerender } = render(<MtaSts sts={{ ...domain().mtaSts!, policy: 'unreachable' }} />)
  expect(container.textContent).toContain('would not keep it')
  rerender(<MtaSts sts={undefined} />)
  expect(container.textContent).toContain('No name server answered')
})

test('where reports go', () => {
  render(<TlsReporting reporting={domain().tlsReporting} />)
  expect(screen.getByText('mailto:tls@shop.test')).toBeTruthy()
})
