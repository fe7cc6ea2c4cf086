import { expect, test } from 'vitest'
import { diffSteps } from '#shared/transcript/diff/diff.ts'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { longest, nextDifference, SideReader, viewRows } from '#renderer/model/diffRows.ts'
import { bye, hello, mail, refused, script, sideOf } from '../../shared/transcript/diff/scripts.ts'

const { rows } = diffSteps(sideOf([...hello, ...mail, ...bye]), sideOf([...hello, ...refused, ...bye]))
const told = (open: string[], only: boolean) =>
  viewRows(rows, new Set(open), only).map((entry) => entry.kind === 'fold' ? `${entry.count} ${entry.first}-${entry.last}` : entry.row.name) // prettier-ignore

test('equal stretches fold, and open again', () => {
  expect(told([], false)).toEqual(['3 Greeting-MAIL', 'RCPT', 'DATA', 'Body', 'QUIT', 'End'])
  expect(told([], true)).toEqual(['3 Greeting-MAIL', 'RCPT', 'DATA', 'Body', '2 QUIT-End'])
  const fold = viewRows(rows, new Set(), false)[0]!
  expect(told([fold.key], false).slice(0, 5)).toEqual(['3 Greeting-MAIL', 'Greeting', 'EHLO', 'MAIL', 'RCPT'])
  expect(viewRows([], new Set(), false)).toEqual([])
})
test('the next difference, and the one before', () => {
  const view = viewRows(rows, new Set(), false)
  expect(nextDifference(view, -1, 1)).toBe(1)
  expect(nextDifference(view, 3, 1)).toBe(-1)
  expect(nextDifference(view, 3, -1)).toBe(2)
})
test('all bars share one axis', () => {
  expect(longest(rows)).toBe(2000)
  expect(longest([])).toBe(0)
})
test('a long log is read a piece at a time', () => {
  const events = script(Array.from({ length: 12_500 }, () => ['C: NOOP', 'S: 250 Ok']).flat())
  const log = appendEvents(emptyLog(), { events })
  const reader = new SideReader()
  expect([reader.read(log), reader.consumed]).toEqual([true, 10_000])
  expect([reader.read(log), reader.consumed]).toEqual([true, 20_000])
  expect([reader.read(log), reader.consumed]).toEqual([false, 25_000])
})
