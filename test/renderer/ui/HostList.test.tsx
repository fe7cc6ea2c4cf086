import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { HostList, type HostListProps } from '#renderer/ui/HostList.tsx'
import { violations } from '#test/support/page/axe.ts'

const draw = (change: Partial<HostListProps>) =>
  render(<HostList hosts={['a.test', 'b.test']} note="Two." placeholder="c.test" save={() => Promise.resolve(undefined)} {...change} />) // prettier-ignore
const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Allow a host' })

test('one is added by Enter, and stays typed while it is refused', async () => {
  const save = vi.fn((hosts: string[]) => Promise.resolve(hosts.includes('*') ? 'No wildcard.' : undefined))
  const { container } = draw({ save })
  expect(await violations(container)).toEqual([])
  await userEvent.type(field(), '*{Enter}')
  expect(await screen.findByText('No wildcard.')).toBeTruthy()
  expect(field().value).toBe('*')
  await userEvent.clear(field())
  await userEvent.type(field(), ' c.test {Enter}')
  await waitFor(() => expect(field().value).toBe(''))
  expect(save).toHaveBeenLastCalledWith(['a.test', 'b.test', 'c.test'], 'c.test')
  expect(screen.queryByText('No wildcard.')).toBeNull()
})
test('whoever takes one out stands in the field: its button is gone', async () => {
  const save = vi.fn((_hosts: string[]) => Promise.resolve(undefined))
  draw({ save })
  await userEvent.click(screen.getByRole('button', { name: 'Allow a.test no longer' }))
  await waitFor(() => expect(document.activeElement).toBe(field()))
  expect(save).toHaveBeenCalledWith(['b.test'], undefined)
})
test('nothing is added to a list that nobody knows', async () => {
  const save = vi.fn(() => Promise.resolve(undefined))
  draw({ hosts: undefined, save, problem: 'It could not be read.' })
  await userEvent.type(field(), 'c.test{Enter}')
  expect(save).not.toHaveBeenCalled()
  expect(screen.getByText('It could not be read.')).toBeTruthy()
})
