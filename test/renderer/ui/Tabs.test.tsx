import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Tabs } from '#renderer/ui/Tabs.tsx'

test('shows one content and goes on by arrows', async () => {
  const select = vi.fn()
  const items = [{ id: 'text', label: 'Text', content: 'the text' }, { id: 'source', label: 'Source', content: 'the source' }] as const // prettier-ignore
  render(<Tabs label="Message" items={items} selected="text" onSelect={select} />)
  expect(screen.getByRole('tabpanel').textContent).toBe('the text')
  await userEvent.tab()
  await userEvent.keyboard('{ArrowRight}')
  expect(select).toHaveBeenCalledWith('source')
})
test('what stands after the tabs is no tab', () => {
  render(<Tabs label="Parts" selected="a" onSelect={() => {}} after={<b>4 bytes</b>} fill items={[{ id: 'a', label: 'A', content: 'x' }]} />) // prettier-ignore
  expect(screen.getByRole('tablist').textContent).toBe('A')
  expect(screen.getByText('4 bytes')).toBeTruthy()
})
