/** Owns: stepping through what was recorded: from row to row, with the recorded pauses, up to a breakpoint. */
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import type { LadderRow } from './ladderRows.ts'

export interface Rows {
  readonly count: number
  row: (index: number) => LadderRow | undefined
  indexOf: (seq: number) => number
}

/** Rows that are a picture of others; nothing is reached by stepping onto them. */
const pictures = new Set<LadderRow['kind']>(['band', 'capabilities'])

const lastOf = (row: LadderRow): number => (row.kind === 'fold' ? row.fold.last : row.seq)

/** Number of the event that the next step shows up to; undefined at the end. From 0 it is the first one. */
export function nextStop(rows: Rows, from: number): number | undefined {
  const start = from === 0 ? 0 : rows.indexOf(from) + 1
  for (let index = start; index < rows.count; index++) {
    const row = rows.row(index)
    if (row && !pictures.has(row.kind) && lastOf(row) > from) return lastOf(row)
  }
  return undefined
}

/** Number of the event before; undefined at the beginning. */
export function previousStop(rows: Rows, from: number): number | undefined {
  for (let index = rows.indexOf(from); index >= 0; index--) {
    const row = rows.row(index)
    if (row && !pictures.has(row.kind) && lastOf(row) < from) return lastOf(row)
  }
  return undefined
}

/** Whether a recording is shown up to just before this row: its playhead stands there. */
export const headBefore = (rows: Pick<ShownRows, 'row'>, index: number, at: number): boolean =>
  (rows.row(index)?.seq ?? 0) > at && (index === 0 || (rows.row(index - 1)?.seq ?? 0) <= at)

interface ShownRows {
  row: (index: number) => { seq: number } | undefined
}

/**
 * Where the playhead stands among stretches of events: 2 is before the third, 2.5 in the middle of it, by its number of
 * events. Undefined while nothing is played.
 */
export function headAmong(
  stretches: readonly { first: number; last: number }[],
  at: number | undefined,
): number | undefined {
  if (at === undefined) return undefined
  const index = stretches.findLastIndex(({ first }) => first <= at)
  const stretch = stretches[index]
  if (stretch === undefined) return stretches.length > 0 ? 0 : undefined
  const part = (at - stretch.first + 1) / (stretch.last - stretch.first + 1)
  return index + Math.min(1, part)
}

/** Longer gaps are folded: nobody watches a wait of minutes. */
const longestMs = 1500
/** Who plays slowly wants to read along: a tenth of a fast dialogue, or of a text without times, is still a flash. */
const readingMs = 1000

/** Milliseconds between two events as they are played; at 0.1 never less than it takes to read a line. */
export function pauseMs(
  from: TranscriptEvent | undefined,
  to: TranscriptEvent | undefined,
  speed: string,
): number {
  if (!from || !to || speed === 'max') return 0
  const least = speed === '0.1' ? readingMs : 0
  return Math.min(longestMs, Math.max(least, (to.at - from.at) / 1000 / Number(speed)))
}

/** Whether a run stops at this event: at a verb, at the end of the content, at a reply of a class or with a code. */
export function stopsAtEvent(event: TranscriptEvent | undefined, stops: readonly string[]): boolean {
  if (event === undefined || stops.length === 0) return false
  if (event.kind === 'line') return event.verb !== undefined && stops.includes(event.verb)
  if (event.kind === 'chunk') return event.last && stops.includes('.')
  if (event.kind !== 'reply' || event.code === undefined) return false
  if (event.phase === 'banner' && stops.includes('CONNECT')) return true
  return stops.includes(String(event.code)) || stops.includes(`${String(event.code)[0]}xx`)
}
