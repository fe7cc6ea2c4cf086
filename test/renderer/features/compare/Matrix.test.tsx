import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { isBest, Matrix } from '#renderer/features/compare/Matrix.tsx'
import { useMatrix, useProbe } from '#renderer/features/compare/useCompare.ts'
import { rowOf } from '#renderer/model/probeRow.ts'
import { advised, compareServices, results } from '#test/support/page/compare.tsx'
import { violations } from '#test/support/page/axe.ts'
import { drawn, renderRoom } from '#test/support/page/room.tsx'

function Shown() {
  const probe = useProbe('p1')
  return <Matrix probe={probe} matrix={useMatrix(probe)} changeOf={() => undefined} />
}
beforeEach(() => {
  window.location.hash = ''
})
const best = (place: number) => isBest(rowOf(results[place]!, 0), { report: advised() })
const rows = () => [...document.querySelectorAll<HTMLElement>('tr[data-row]')]

test('the keys move through the rows, open, fold, and show the dialogue', async () => {
  const { container } = renderRoom(<Shown />, compareServices())
  await drawn()
  expect(screen.getByRole('treegrid', { name: 'Ports of mx.test' })).toBeTruthy()
  expect(await violations(container)).toEqual([])
  // The recommended row and the one that gets through in the other mode are open at first.
  expect(rows().map((row) => row.getAttribute('aria-expanded'))).toEqual([
    'false',
    'true',
    'true',
    'false',
    'false',
  ])
  act(() => rows()[0]!.focus())
  await userEvent.keyboard('{ArrowDown}j{ArrowUp}')
  expect(document.activeElement).toBe(rows()[1])
  await userEvent.keyboard('{End}{ArrowRight}')
  expect(rows()[4]!.getAttribute('aria-expanded')).toBe('true')
  expect(screen.getAllByText('What it offers')[0]).toBeTruthy()
  await userEvent.keyboard('{ArrowLeft}{Enter}{Enter}')
  expect(rows()[4]!.getAttribute('aria-expanded')).toBe('false')
  await userEvent.keyboard('o')
  expect(window.location.hash).toBe('#/dialogue/s2525')
})
test('every cell leads to the event that proves it; the keys reach it from an open row', async () => {
  const events = { connect: 1, banner: 2, ehlo: 4, tls: 7, ehloAfterTls: 9, last: 12 }
  const services = compareServices([advised('p1', { results: [{ ...results[2]!, events }] })])
  renderRoom(<Shown />, services)
  await drawn()
  act(() => rows()[0]!.focus())
  await userEvent.keyboard('{ArrowRight}{ArrowRight}')
  expect(document.activeElement?.textContent).toBe('Open, 38 ms')
  await userEvent.keyboard('{End}{ArrowLeft}')
  expect(document.activeElement?.textContent).toBe('PLAIN')
  await userEvent.keyboard('{Enter}')
  expect(window.location.hash).toBe('#/dialogue/s587')
  expect(services.stores.view.getState().cursors['s587']).toBe(9)
  await userEvent.keyboard('{Home}{ArrowLeft}')
  expect(document.activeElement).toBe(rows()[0])
})
test('rows that say the same unfold; the recommended one is told by port, mode and that it works', async () => {
  const many = Array.from({ length: 6 }, (_, n) => ({
    ...results[2]!,
    address: `192.0.2.${n}`,
    session: `s${n}`,
  }))
  renderRoom(<Shown />, compareServices([advised('p1', { results: many })]))
  await drawn()
  expect(rows()).toHaveLength(2)
  await userEvent.click(screen.getByText(/5 more addresses/))
  expect(rows()).toHaveLength(6)
  expect([0, 1, 2, 3, 4].map(best)).toEqual([false, false, true, false, false])
})
