import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DomainPanel } from '#renderer/features/compare/detail/DomainPanel.tsx'
import { violations } from '../../../../support/page/axe.ts'
import { domain, hostile } from '../../../../support/probeDetail.ts'

test('everything that is known of a domain, and the way to every answer; axe finds nothing', async () => {
  const open = vi.fn()
  const { container } = render(<DomainPanel domain={domain()} reverse={[]} onOpenDialogue={open} />)
  for (const name of ['shop.test', 'Who takes its mail', 'DANE (TLSA)', 'MTA-STS', 'TLS reporting'])
    expect(screen.getByRole('heading', { name })).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: /What was asked/ }))
  expect(open).toHaveBeenCalledWith('dns1')
})

test('a domain that takes no mail has no list; a stranger’s name stays words', () => {
  const change = { mx: 'null' as const, records: [], tlsa: [], name: hostile }
  const { container } = render(<DomainPanel domain={domain(change)} reverse={[]} onOpenDialogue={() => {}} />)
  expect(screen.queryByRole('heading', { name: 'Who takes its mail' })).toBeNull()
  expect(container.textContent).toContain('null MX')
  expect(container.textContent).not.toContain('\u202e')
})
