import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { CellLink } from '#renderer/features/compare/CellLink.tsx'
import { refused, working } from '#test/support/probeReport.ts'

test('a press leads to the event and to nothing else of the row; it is no stop of the Tab key', async () => {
  const [opened, row] = [vi.fn(), vi.fn()]
  render(
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- stands for a row
    <div onClick={row} onDoubleClick={row}>
      <CellLink
        result={{ ...working, events: { ehloAfterTls: 9 } }}
        cell="auth"
        title="PLAIN"
        onOpen={opened}
      >
        PLAIN
      </CellLink>
    </div>,
  )
  const link = screen.getByRole('button', { name: 'PLAIN' })
  expect(link.title).toBe('PLAIN\nShows event 9 of its dialogue')
  expect(link.tabIndex).toBe(-1)
  await userEvent.dblClick(link)
  expect(opened).toHaveBeenCalledWith('s1', 9)
  expect(row).not.toHaveBeenCalled()
})
test('without a dialogue it is words only', () => {
  render(<CellLink result={{ ...refused, session: '' }} cell="reach" onOpen={() => {}}>No address</CellLink>) // prettier-ignore
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByText('No address')).toBeTruthy()
})
