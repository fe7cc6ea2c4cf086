import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'

test('acts by pointer and by key, has its whole name, and says whether it is unfolded', async () => {
  const press = vi.fn()
  render(<LinkButton icon="dialogue" label="25, event 2" expanded={false} onPress={press}>2</LinkButton>) // prettier-ignore
  const button = screen.getByRole('button', { name: '25, event 2' })
  expect(button.getAttribute('aria-expanded')).toBe('false')
  await userEvent.click(button)
  await userEvent.keyboard('{Enter}')
  expect(press).toHaveBeenCalledTimes(2)
})
