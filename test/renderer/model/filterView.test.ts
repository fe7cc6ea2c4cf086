import { expect, test } from 'vitest'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { noFilter, type DialogueFilter } from '#renderer/model/filter.ts'
import { FilterRun } from '#renderer/model/filterRun.ts'
import { filteredView, nextMatch } from '#renderer/model/filterView.ts'
import { SessionModel } from '#renderer/model/session.ts'
import { held, heldGate } from '../../support/page/scenes.ts'

const { events } = held()
const log = appendEvents(emptyLog(), { events })
const { ladder } = new SessionModel().sync(log)
function runOf(change: Partial<DialogueFilter>) {
  const run = new FilterRun({ ...noFilter, ...change }, log, ladder)
  run.step(log, Infinity, () => 0)
  return run
}

test('rows are the ladder’s own, with what was waited for', () => {
  const view = filteredView(runOf({ verbs: ['AUTH'] }), ladder, undefined)
  const kinds = Array.from({ length: view.count }, (_, index) => view.row(index)!.kind)
  expect(kinds).toEqual(['tls', 'band', 'line', 'reply'])
  expect(view.row(3)).toMatchObject({ gap: 118_000 })
  expect(view.indexOf(view.row(3)!.seq)).toBe(3)
  expect(view.indexOf(1)).toBe(-1)
  expect(view.settled).toBe(4)
})
test('the playhead and the planned lines stay', () => {
  const view = filteredView(runOf({ text: 'nothing has this' }), ladder, heldGate())
  expect(view.row(view.settled)).toMatchObject({ kind: 'playhead' })
  expect(view.row(view.count - 1)).toMatchObject({ kind: 'planned' })
})
test('from match to match, round at the ends', () => {
  const run = runOf({ verbs: ['EHLO'] })
  const found = [run.seq(0), run.seq(1), run.seq(2), run.seq(3)]
  expect(run.matches).toBe(4)
  expect(nextMatch(run, 0, 1)).toBe(found[0])
  expect(nextMatch(run, found[0]!, 1)).toBe(found[1])
  expect(nextMatch(run, found[3]!, 1)).toBe(found[0])
  expect(nextMatch(run, found[0]!, -1)).toBe(found[3])
  expect(nextMatch(run, found[2]! + 1, -1)).toBe(found[2])
  expect(nextMatch(runOf({ text: 'nothing has this' }), 3, 1)).toBeUndefined()
})
