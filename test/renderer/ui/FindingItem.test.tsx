import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { FindingProofs } from '#renderer/ui/FindingProofs.tsx'

test('the first events that prove it lead to the dialogue; what is certain has no bars', async () => {
  const onOpen = vi.fn()
  const { rerender } = render(<FindingProofs code="greylisted" confidence="likely" evidence={[3, 5, 7, 9, 11]} onOpen={onOpen} />) // prettier-ignore
  expect(screen.getAllByRole('button', { name: /^Event/ }).map((one) => one.textContent)).toEqual(['Event 3', 'Event 5', 'Event 7', 'Event 9']) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'Event 5' }))
  expect(onOpen).toHaveBeenCalledWith(5)
  expect(screen.getByText(/likely/i)).toBeTruthy()
  rerender(<FindingProofs code="greylisted" confidence="certain" evidence={[3]} onOpen={onOpen} />)
  expect(screen.queryByText(/likely|certain/i)).toBeNull()
})
