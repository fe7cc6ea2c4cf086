/**
 * Owns: the rows as they are shown: the ladder's own, with the folds that a person opened spread out, and after them
 * the playhead and the lines that are planned. Only places are computed; opening a fold of a million lines costs nothing.
 */
import type { GateState, PlannedLine } from '#shared/rpc/contract/dialogue.ts'
import { eventBySeq, type EventLog } from './eventLog.ts'
import type { Ladder } from './ladder.ts'
import type { LadderRow } from './ladderRows.ts'

export type ShownRow =
  | LadderRow
  | { kind: 'playhead'; seq: 0; wall: LadderRow['wall'] }
  | { kind: 'planned'; seq: 0; wall: LadderRow['wall']; line: PlannedLine; next: boolean; stops: boolean }

export interface LadderView {
  count: number
  /** Rows before this one are final. */
  settled: number
  row: (index: number) => ShownRow | undefined
  /** Place of the row that shows an event, or -1. */
  indexOf: (seq: number) => number
}

/** Planned lines drawn at most. */
const plannedLimit = 40

interface Opened {
  /** Place of the fold's row in the ladder. */
  at: number
  first: number
  size: number
}

function openedFolds(ladder: Ladder, unfolded: readonly number[]): Opened[] {
  const found: Opened[] = []
  for (const seq of unfolded.toSorted((a, b) => a - b)) {
    const at = ladder.indexOf(seq)
    const row = ladder.row(at)
    if (row?.kind === 'fold')
      found.push({ at, first: row.fold.first, size: row.fold.last - row.fold.first + 1 })
  }
  return found
}

/** Whether the gate stops before this line: a verb, or a dot for the end of the body. */
export function stopsAt(line: PlannedLine, breakpoints: readonly string[]): boolean {
  if (line.kind === 'body-end') return breakpoints.includes('.')
  return line.verb !== undefined && breakpoints.includes(line.verb)
}

/** The playhead and the lines after it, while the gate holds one. */
export function plannedRows(ladder: Ladder, gate: GateState | undefined): ShownRow[] {
  if (!gate?.held) return []
  let wall = ladder.wall
  const rows: ShownRow[] = [{ kind: 'playhead', seq: 0, wall }]
  for (const [place, line] of [gate.held, ...gate.upcoming].slice(0, plannedLimit).entries()) {
    rows.push({
      kind: 'planned',
      seq: 0,
      wall,
      line,
      next: place === 0,
      stops: stopsAt(line, gate.breakpoints),
    })
    if (line.verb === 'STARTTLS') wall = 'sealed'
  }
  return rows
}

export function ladderView(
  ladder: Ladder,
  log: EventLog,
  unfolded: readonly number[],
  gate: GateState | undefined,
): LadderView {
  const opened = openedFolds(ladder, unfolded)
  const planned = plannedRows(ladder, gate)
  const spread = opened.reduce((sum, fold) => sum + fold.size, 0)
  const body = ladder.count + spread

  const row = (index: number): ShownRow | undefined => {
    if (index >= body) return planned[index - body]
    let shift = 0
    for (const fold of opened) {
      const start = fold.at + 1 + shift
      if (index < start) break
      if (index < start + fold.size) return inside(log, ladder, fold, index - start)
      shift += fold.size
    }
    return ladder.row(index - shift)
  }
  const indexOf = (seq: number): number => {
    const at = ladder.indexOf(seq)
    let shift = 0
    for (const fold of opened) {
      if (fold.at < at) shift += fold.size
      else if (fold.at === at && seq > fold.first) return at + shift + 1 + (seq - fold.first)
    }
    return at < 0 ? -1 : at + shift
  }
  // The last row may be half a pair that goes into a fold; everything before it stays.
  return { count: body + planned.length, settled: Math.max(0, body - 1), row, indexOf }
}

function inside(log: EventLog, ladder: Ladder, fold: Opened, place: number): LadderRow {
  const seq = fold.first + place
  const wall = ladder.row(fold.at)!.wall
  const event = eventBySeq(log, seq)
  const before = eventBySeq(log, seq - 1)
  const kind = event?.kind === 'reply' ? 'reply' : 'line'
  return { kind, seq, wall, gap: event && before ? Math.max(0, event.at - before.at) : 0 }
}
