import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { violations } from '../../support/page/axe.ts'

test('is named by its words and changes by the space bar', async () => {
  const change = vi.fn()
  const { container } = render(<Checkbox selected={false} onChange={change}>Hold every line</Checkbox>) // prettier-ignore
  expect(screen.getByRole('checkbox', { name: 'Hold every line' })).toBeTruthy()
  await userEvent.tab()
  await userEvent.keyboard(' ')
  expect(change).toHaveBeenCalledWith(true)
  expect(await violations(container)).toEqual([])
})
