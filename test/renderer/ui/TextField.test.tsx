import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { TextField } from '#renderer/ui/TextField.tsx'
import { violations } from '../../support/page/axe.ts'

test('label, hint and error belong to the field', async () => {
  const change = vi.fn()
  const { container, rerender } = render(
    <TextField label="Host" value="" onChange={change} hint="A name or address" />,
  )
  const field = screen.getByRole('textbox', { name: 'Host', description: 'A name or address' })
  await userEvent.type(field, 'a')
  expect(change).toHaveBeenCalledWith('a')
  rerender(
    <TextField label="Host" value="a b" onChange={change} hint="x" error="“a b” is not a host name." />,
  )
  expect(screen.getByRole('textbox', { description: '“a b” is not a host name.' }).getAttribute('aria-invalid')).toBe('true') // prettier-ignore
  expect(await violations(container)).toEqual([])
})
test('a hidden label is still the name', () => {
  render(<TextField label="Filter" hideLabel value="" onChange={() => {}} look="plain" />)
  expect(screen.getByRole('textbox', { name: 'Filter' })).toBeTruthy()
})
