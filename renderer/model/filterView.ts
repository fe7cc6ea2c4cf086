/** Owns: the rows of a filtered ladder as they are shown, and the way from match to match. */
import type { GateState } from '#shared/rpc/contract/dialogue.ts'
import type { FilterRun } from './filterRun.ts'
import type { Ladder } from './ladder.ts'
import { plannedRows, type LadderView, type ShownRow } from './ladderView.ts'

export function filteredView(run: FilterRun, ladder: Ladder, gate: GateState | undefined): LadderView {
  const planned = plannedRows(ladder, gate)
  const { rows } = run
  const found = rows.length
  const row = (index: number): ShownRow | undefined => {
    if (index >= found) return planned[index - found]
    const own = rows.at(index)
    if (own?.kind !== 'line' && own?.kind !== 'reply') return own
    // How long it was waited for is the ladder's to say.
    const whole = ladder.row(ladder.indexOf(own.seq))
    return whole?.seq === own.seq && whole.kind === own.kind ? whole : own
  }
  const indexOf = (seq: number): number => {
    const at = rows.lastUpTo(seq)
    return at >= 0 && rows.seq(at) === seq ? at : -1
  }
  return { count: found + planned.length, settled: found, row, indexOf }
}

/** Number of the next match after event `seq`, or the one before it; round at the ends. Undefined when there is none. */
export function nextMatch(run: FilterRun, seq: number, direction: 1 | -1): number | undefined {
  if (run.matches === 0) return undefined
  const at = run.lastUpTo(seq)
  const on = at >= 0 && run.seq(at) === seq
  const next = direction === 1 ? at + 1 : on ? at - 1 : at
  return run.seq((next + run.matches) % run.matches)
}
