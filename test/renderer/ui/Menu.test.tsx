import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Button } from '#renderer/ui/Button.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'

test('opens by its button and acts once', async () => {
  const action = vi.fn()
  render(<Menu label="More" trigger={<Button>More</Button>} items={[{ id: 'a', label: 'Copy', icon: 'copy', onAction: action }, { id: 'b', label: 'Off', disabled: true, onAction: action }]} />) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'More' }))
  expect(screen.getByRole('menuitem', { name: 'Off' }).getAttribute('aria-disabled')).toBe('true')
  await userEvent.click(screen.getByRole('menuitem', { name: 'Copy' }))
  expect(action).toHaveBeenCalledOnce()
})
const entry = (id: string, group: string) => ({ id, group, label: id, note: `about ${id}`, onAction: () => {} }) // prettier-ignore
test('groups are told apart by a line, notes stand behind', async () => {
  render(<Menu label="More" trigger={<Button>More</Button>} items={[entry('a', '1'), entry('b', '1'), entry('c', '2')]} />) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'More' }))
  expect(screen.getAllByRole('separator')).toHaveLength(1)
  expect(screen.getByText('about c')).toBeTruthy()
})
