import { render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { SplitPane } from '#renderer/ui/SplitPane.tsx'

const narrow = (matches: boolean) =>
  vi.spyOn(window, 'matchMedia').mockReturnValue(Object.assign(window.matchMedia(''), { matches }))
afterEach(() => vi.restoreAllMocks())
const pane = (sideOpen: boolean) => (
  <SplitPane
    list={{ label: 'List', content: 'items', open: false, onClose: () => {} }}
    center="middle"
    centerLabel="Centre"
    side={{ label: 'Side', content: 'facts', open: sideOpen, onClose: () => {} }}
  />
)
test('wide: three named columns', () => {
  narrow(false)
  render(pane(false))
  expect(screen.getByRole('navigation', { name: 'List' }).textContent).toBe('items')
  expect(screen.getByRole('region', { name: 'Centre' }).textContent).toBe('middle')
  expect(screen.getByRole('complementary', { name: 'Side' }).textContent).toBe('facts')
})
test('narrow: list and side are sheets, shown when asked for', () => {
  narrow(true)
  const { rerender } = render(pane(false))
  expect(screen.queryByText('items')).toBeNull()
  expect(screen.queryByText('facts')).toBeNull()
  rerender(pane(true))
  expect(screen.getByRole('dialog', { name: 'Side' }).textContent).toContain('facts')
})
