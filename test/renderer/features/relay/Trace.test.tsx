import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Trace } from '#renderer/features/relay/Trace.tsx'
import { decideRelay } from '#shared/relay/decide.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { shopPolicy, stranger } from '#test/support/relay/page.ts'

test('each rule with number, result and what it compared, in the order in which they were looked at', () => {
  render(<Trace decision={decideRelay(shopPolicy(), stranger)} event={undefined} onEvent={() => {}} />)
  const steps = screen.getAllByRole('listitem').map(({ textContent }) => textContent)
  expect(steps).toHaveLength(9)
  expect(steps[0]).toBe('Rule 1source 10.0.5.20 always-allow-relaying trueno match203.0.113.77 is outside 10.0.5.20')
  expect(steps[7]).toContain('decided')
  expect(steps[8]).toContain('not reached')
  expect(screen.queryByRole('button')).toBeNull()
}) // prettier-ignore
test('one that may relay is a card in green', () => {
  const told = vi.fn()
  const { container } = render(<Trace decision={decideRelay(shopPolicy(), { ...stranger, client: '10.0.5.20' })} event={4} onEvent={told} />) // prettier-ignore
  expect(container.querySelector('[data-decided]')?.textContent).toContain('The recipient is taken')
})
test('thousands of rules are folded, and unfolded in place', async () => {
  const relayDomains = Array.from({ length: 2000 }, (_, place) => ({ domain: `d${place}.test` }))
  render(<Trace decision={decideRelay({ ...emptyPolicy(), relayDomains }, stranger)} event={undefined} onEvent={() => {}} />) // prettier-ignore
  const before = screen.getAllByRole('listitem').length
  expect(before).toBeLessThan(12)
  await userEvent.click(screen.getAllByRole('button', { name: /more rules, no match/ })[0]!)
  expect(screen.getAllByRole('listitem').length).toBeGreaterThan(before)
})
