import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Fold } from '#renderer/ui/Fold.tsx'
import { violations } from '#test/support/page/axe.ts'

test('folded it says what is inside, and unfolds by its head', async () => {
  const onOpen = vi.fn()
  const part = (open: boolean) => (
    <Fold title="Limits" summary="3 of its own" open={open} onOpen={onOpen}>
      <p>Inside</p>
    </Fold>
  )
  const { rerender, container } = render(part(false))
  const head = screen.getByRole('button', { name: /Limits.*3 of its own/ })
  expect(head.getAttribute('aria-expanded')).toBe('false')
  expect(screen.queryByText('Inside')).toBeNull()
  await userEvent.click(head)
  expect(onOpen).toHaveBeenCalledWith(true)
  rerender(part(true))
  expect(screen.getByText('Inside')).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
