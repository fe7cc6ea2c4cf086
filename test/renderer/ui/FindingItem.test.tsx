import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { violations } from '#test/support/page/axe.ts'
import { FindingItem } from '#renderer/ui/FindingItem.tsx'

const words = { tone: 'warn', message: 'Come back later.', next: 'Try again in 5 minutes.' } as const

test('says what was found and what to do, or neither where it stands elsewhere', async () => {
  const proof = { code: 'greylisted', confidence: 'certain' as const, evidence: [3], onOpen: vi.fn() }
  const { container, rerender } = render(<ul><FindingItem {...words} {...proof} /></ul>) // prettier-ignore
  expect(screen.getByText('Come back later.').nextSibling?.textContent).toBe('Try again in 5 minutes.')
  expect(screen.getByText('Look at this')).toBeTruthy()
  expect(await violations(container)).toEqual([])
  rerender(<ul><FindingItem {...proof} tone="warn" message="" next="" /></ul>) // prettier-ignore
  expect(container.querySelectorAll('p')).toHaveLength(0)
})

test('the first events that prove it lead to the dialogue; what is certain has no bars', async () => {
  const onOpen = vi.fn()
  const { rerender } = render(<FindingItem {...words} code="greylisted" confidence="likely" evidence={[3, 5, 7, 9, 11]} onOpen={onOpen} />) // prettier-ignore
  expect(screen.getAllByRole('button', { name: /^Event/ }).map((one) => one.textContent)).toEqual(['Event 3', 'Event 5', 'Event 7', 'Event 9']) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'Event 5' }))
  expect(onOpen).toHaveBeenCalledWith(5)
  expect(screen.getByText(/likely/i)).toBeTruthy()
  rerender(<FindingItem {...words} code="greylisted" confidence="certain" evidence={[3]} onOpen={onOpen} />)
  expect(screen.queryByText(/likely|certain/i)).toBeNull()
})
