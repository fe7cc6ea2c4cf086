import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { violations } from '../../support/page/axe.ts'

test('is a radio group: arrows choose', async () => {
  const change = vi.fn()
  const options = [{ value: 'text', label: 'Text' }, { value: 'hex', label: 'Hex' }] as const // prettier-ignore
  const { container } = render(
    <Segmented label="Bytes as" value="text" options={options} onChange={change} />,
  )
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Text' }).checked).toBe(true)
  await userEvent.tab()
  await userEvent.keyboard('{ArrowRight}')
  expect(change).toHaveBeenCalledWith('hex')
  expect(await violations(container)).toEqual([])
})
