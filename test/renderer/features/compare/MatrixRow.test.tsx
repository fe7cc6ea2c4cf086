import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Folded, ResultRows, Waiting, type RowFrame } from '#renderer/features/compare/MatrixRow.tsx'
import { rowOf } from '#renderer/model/probeRow.ts'
import { axisOf } from '#renderer/model/probeWaterfall.ts'
import { results } from '#test/support/page/compare.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

const result = { ...results[2]!, events: { connect: 1, banner: 2, tls: 7, last: 12 } }
const row = rowOf(result, Date.parse('2026-11-01T10:00:00Z'))
const nothing = () => {}
const frame: RowFrame = { first: true, best: true, tabIndex: 0, level: 'times', onToggle: nothing, onDialogue: nothing, onFocus: nothing } // prettier-ignore
const inTable = (node: React.ReactNode) =>
  renderRoom(
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- as the matrix is
    <table role="treegrid">
      <tbody>{node}</tbody>
    </table>,
  )

test('a row is announced in words, with what changed, and is marked as the one to use', () => {
  const change = { kind: 'changed', words: 'Reachable was Refused, now Open' } as const
  inTable(<ResultRows row={row} axis={axisOf([row.bars])} now={0} frame={{ ...frame, change }} onAll={nothing} onOpenDialogue={nothing} />) // prettier-ignore
  const [first] = screen.getAllByRole('row')
  expect(first!.getAttribute('aria-label')).toMatch(
    /^587, IPv4, .*STARTTLS.*recommended, Reachable was Refused/,
  )
  expect(first!.getAttribute('aria-expanded')).toBe('true')
  expect(screen.getByText('use this')).toBeTruthy()
  expect(screen.getByText('12 events, 6 round trips')).toBeTruthy()
})
test('what is waited for, and when it is given up; equal rows with their count', () => {
  const waiting = { kind: 'waiting', key: 'w', host: 'mx.test', port: 25, role: 'relay', family: 4, address: '192.0.2.1' } as const // prettier-ignore
  inTable(
    <>
      <Waiting row={{ ...waiting, since: performance.now() - 2500 }} frame={frame} timeout={3000} />
      <Waiting row={{ ...waiting, since: undefined }} frame={frame} timeout={3000} />
      <Folded row={{ kind: 'folded', key: 'f', port: 25, words: '19 more addresses answer the same', time: '9 ms', count: 19, rows: [row] }} frame={frame} />
    </>,
  ) // prettier-ignore
  expect(screen.getByText('Waits for an answer, 2 s; each step is given up after 3 s')).toBeTruthy()
  expect(screen.getByText('Waits for its turn')).toBeTruthy()
  expect(screen.getByText(/19 more addresses/)).toBeTruthy()
})
const drawn = (several: boolean) => <ResultRows row={{ ...row, several, address: '192.0.2.77' }} axis={axisOf([row.bars])} now={0} frame={{ ...frame, level: 'none' }} onAll={nothing} onOpenDialogue={nothing} /> // prettier-ignore

test('an address is shown where its family has several', () => {
  inTable(drawn(false))
  expect(screen.queryByText('192.0.2.77')).toBeNull()
  inTable(drawn(true))
  expect(screen.getByText('192.0.2.77')).toBeTruthy()
})
