/** Owns: which event a dialogue is opened at while nobody has chosen one. */
import { eventAt, eventBySeq, type EventLog } from './eventLog.ts'

/** Findings that are looked through; the first that matters is nearly always among the first. */
const looked = 50

export interface Opened {
  /** It goes on; one that is over may still be on its way into the log. */
  live?: boolean
  /** It was followed while it went on. */
  watched?: boolean
}

/**
 * The number of the event: while the dialogue goes on, the newest; once it is over, what proves the first fault that was
 * found; else the last for who has watched it, and the first for who has not, because a dialogue is read from its
 * beginning. 0 for an empty log.
 */
export function startingEvent(
  log: EventLog,
  findings: readonly number[],
  { live = !log.ended, watched = false }: Opened = {},
): number {
  if (live) return eventAt(log, log.length - 1)?.seq ?? 0
  for (const seq of findings.slice(0, looked)) {
    const finding = eventBySeq(log, seq)
    const matters =
      finding?.kind === 'finding' && (finding.severity === 'error' || finding.severity === 'warning')
    if (matters) return finding.evidence[0] ?? seq
  }
  return eventAt(log, watched ? log.length - 1 : 0)?.seq ?? 0
}

/** Events within which a dialogue that is over chooses its place; about what comes at once. */
const chosenWithin = 5000

/**
 * The place at which one dialogue is opened, while nobody has chosen another. A long one is read bit by bit, and a
 * finding that comes with a later bit must not take away what is being read: it is told beside the dialogue instead.
 */
export class OpeningPlace {
  #settled: number | undefined
  #watched = false

  /** `read`: events of the log that have been read. */
  at(log: EventLog, findings: readonly number[], live: boolean, read: number): number {
    if (live && log.length > 0) this.#watched = true
    if (live) this.#settled = undefined
    else if (this.#settled !== undefined) return this.#settled
    const place = startingEvent(log, findings, { live, watched: this.#watched })
    if (!live && (read >= chosenWithin || (log.ended && read >= log.length))) this.#settled = place
    return place
  }
}
