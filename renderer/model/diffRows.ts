/** Owns: a diff as the page draws it: equal stretches folded, the next difference, the axis of the times. Pure. */
import { tookOf } from '#shared/transcript/diff/stepParts.ts'
import { StepReader } from '#shared/transcript/diff/steps.ts'
import type { DiffRow } from '#shared/transcript/diff/types.ts'
import { eventAt, type EventLog } from './eventLog.ts'

export type ViewRow =
  | { kind: 'row'; key: string; row: DiffRow }
  | { kind: 'fold'; key: string; first: string; last: string; count: number; open: boolean }

/** So many equal steps in a row are folded. */
const foldFrom = 3

/** `open`: keys of the folds that a person opened. `only`: every equal step is folded. */
export function viewRows(rows: readonly DiffRow[], open: ReadonlySet<string>, only: boolean): ViewRow[] {
  const view: ViewRow[] = []
  for (let at = 0; at < rows.length;) {
    let end = at
    while (end < rows.length && rows[end]!.status === 'same') end++
    const stretch = rows.slice(at, Math.max(end, at + 1))
    const folds = end - at >= (only ? 1 : foldFrom)
    const key = `fold ${rows[at]!.key}`
    if (folds) view.push({ kind: 'fold', key, first: stretch[0]!.name, last: stretch.at(-1)!.name, count: stretch.length, open: open.has(key) }) // prettier-ignore
    if (!folds || open.has(key)) for (const row of stretch) view.push({ kind: 'row', key: row.key, row })
    at += stretch.length
  }
  return view
}

/** Place of the next row that differs in that direction, or -1. */
export function nextDifference(view: readonly ViewRow[], from: number, direction: 1 | -1): number {
  for (let at = from + direction; at >= 0 && at < view.length; at += direction) {
    const entry = view[at]!
    if (entry.kind === 'row' && entry.row.status !== 'same') return at
  }
  return -1
}

/** The longest time of any step on either side, in microseconds: the end of the axis that all bars share. */
export function longest(rows: readonly DiffRow[]): number {
  let most = 0
  for (const { left, right, kind } of rows) {
    if (kind === 'end') continue
    for (const step of [left, right]) if (step && step.times === 1) most = Math.max(most, tookOf(step))
  }
  return most
}

/** Events read at once; the rest waits for the next frame. */
const budget = 10_000

/** The steps of a growing log, read a piece at a time. */
export class SideReader {
  readonly steps = new StepReader()
  consumed = 0

  /** Reads on. Answers whether there is more to read. */
  read(log: EventLog): boolean {
    const until = Math.min(log.length, this.consumed + budget)
    for (; this.consumed < until; this.consumed++) this.steps.push(eventAt(log, this.consumed)!)
    return this.consumed < log.length
  }
}
