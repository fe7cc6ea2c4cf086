/**
 * Owns: a whole session in a bounded number of parts, however long it is: each part is the same number of events; when
 * there are too many parts, two and two become one. For the strip that shows the whole.
 */
import { phases, type Phase, type TranscriptEvent } from '#shared/transcript/event.ts'

export interface OverviewPart {
  /** Numbers of the first and last event. */
  first: number
  last: number
  /** Microseconds since the session began. */
  from: number
  to: number
  /** Events by phase, in the order of `phases`. */
  counts: number[]
  sealed: number
  /** Replies 4yz and 5yz (RFC 5321 §4.2.1). */
  delayed: number
  refused: number
  findings: number
}

/** Parts at most; there are at least half as many once a session is that long. */
export const mostParts = 240

const fresh = (event: TranscriptEvent, from: number): OverviewPart => ({
  first: event.seq, last: event.seq, from, to: event.at, counts: phases.map(() => 0),
  sealed: 0, delayed: 0, refused: 0, findings: 0,
}) // prettier-ignore

function joined(a: OverviewPart, b: OverviewPart): OverviewPart {
  return {
    first: a.first,
    last: b.last,
    from: a.from,
    to: b.to,
    counts: a.counts.map((n, place) => n + b.counts[place]!),
    sealed: a.sealed + b.sealed,
    delayed: a.delayed + b.delayed,
    refused: a.refused + b.refused,
    findings: a.findings + b.findings,
  }
}

export class Overview {
  #parts: OverviewPart[] = []
  /** Events of a full part, and of the last one. */
  #width = 1
  #filled = 0

  get parts(): readonly OverviewPart[] {
    return this.#parts
  }

  take(event: TranscriptEvent): void {
    if (this.#parts.length === 0 || this.#filled === this.#width) {
      if (this.#parts.length === mostParts) this.#halve()
      else this.#filled = 0
      if (this.#filled === 0) this.#parts.push(fresh(event, this.#parts.at(-1)?.to ?? 0))
    }
    this.#filled++
    const part = this.#parts.at(-1)!
    part.last = event.seq
    part.to = Math.max(part.to, event.at)
    part.counts[phases.indexOf(event.phase)]!++
    if (event.sealed === true) part.sealed++
    if (event.kind === 'finding') part.findings++
    else if (event.kind === 'reply' && (event.code ?? 0) >= 500) part.refused++
    else if (event.kind === 'reply' && (event.code ?? 0) >= 400) part.delayed++
  }

  /** The part that an event belongs to, or -1. */
  indexOf(seq: number): number {
    return this.#parts.findIndex(({ first, last }) => seq >= first && seq <= last)
  }

  #halve(): void {
    const halved: OverviewPart[] = []
    for (let place = 0; place < this.#parts.length; place += 2)
      halved.push(joined(this.#parts[place]!, this.#parts[place + 1]!))
    this.#parts = halved
    this.#width *= 2
    this.#filled = 0
  }
}

/** The phase that most of the part's events belong to. */
export function mainPhase({ counts }: OverviewPart): Phase {
  return phases[counts.indexOf(Math.max(...counts))] ?? 'other'
}
