import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { VirtualList, type VirtualListProps } from '#renderer/ui/VirtualList.tsx'
import { violations } from '../../support/page/axe.ts'

function Thousand(given: Pick<VirtualListProps, 'onEnter' | 'pattern'>) {
  const [active, setActive] = useState(0)
  return (
    <VirtualList
      label="Numbers"
      count={100_000}
      settled={100_000}
      estimate={() => 28}
      rowKey={(index) => index}
      optionId={(index) => `n${index}`}
      active={active}
      onActive={setActive}
      {...given}
      render={(index) => (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as the page's rows are
        <div role="option" id={`n${index}`} aria-selected={index === active}>
          {index}
        </div>
      )}
    />
  )
}
test('draws only what is in sight; the keys move the active row', async () => {
  const enter = vi.fn()
  const { container } = render(<Thousand onEnter={enter} />)
  expect(screen.getAllByRole('option').length).toBeLessThan(60)
  const list = screen.getByRole('listbox', { name: 'Numbers' })
  list.focus()
  await userEvent.keyboard('{ArrowDown}j{ArrowUp}')
  expect(list.getAttribute('aria-activedescendant')).toBe('n1')
  await userEvent.keyboard('{Enter}')
  expect(enter).toHaveBeenCalledWith(1)
  const row = screen.getByText('1', { exact: true })
  expect([row.getAttribute('aria-posinset'), row.getAttribute('aria-setsize')]).toEqual(['2', '100000'])
  expect(await violations(container)).toEqual([])
})
test('a row knows how far into the pattern it begins', () => {
  const { container } = render(<Thousand pattern={5} />)
  const rows = [...container.querySelectorAll<HTMLElement>('[data-virtual-row]')]
  expect(rows.length).toBeGreaterThan(10)
  for (const { dataset, style } of rows)
    expect(style.getPropertyValue('--row-y')).toBe(`${(Number(dataset['virtualRow']) * 28) % 5}px`)
})
