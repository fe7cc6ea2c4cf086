import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Chip } from '#renderer/ui/Chip.tsx'

test('says what it is, and can be taken away by a named button', async () => {
  const remove = vi.fn()
  render(<Chip tone="accent" icon="paused" onRemove={remove} removeLabel="Do not pause before MAIL">MAIL</Chip>) // prettier-ignore
  expect(screen.getByText('MAIL')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Do not pause before MAIL' }))
  expect(remove).toHaveBeenCalledOnce()
})
