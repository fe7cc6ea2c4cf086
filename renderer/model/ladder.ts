/**
 * Owns: events -> rows of the ladder, incrementally: an event costs the same whether it is the tenth or the millionth.
 * Rows are only added at the end; a fold or a body grows inside its row. No I/O, no drawing.
 */
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { requestLine } from '#shared/transcript/http.ts'
import { octetsOf } from '#shared/transcript/shown.ts'
import type { EventLog } from './eventLog.ts'
import type { BodyTotals, Fold, LadderRow, Segment, Wall } from './ladderRows.ts'
import { RepeatWatch } from './repeats.ts'
import { RowStore } from './rowStore.ts'

type Spoken = EventOf<'line'> | EventOf<'reply'>

const keyOf = (event: Spoken) =>
  event.kind === 'line' ? (event.verb ?? 'other') : event.code === undefined ? '?' : String(event.code)

export class Ladder {
  readonly rows = new RowStore()
  readonly segments: Segment[] = []
  readonly bodies = new Map<number, BodyTotals>()
  /** Numbers of the findings. */
  readonly findings: number[] = []
  /** Microseconds that a person or a rule held the dialogue. */
  held = 0
  /** Microseconds since the session began, at the newest event. */
  at = 0
  wall: Wall = 'none'
  /** Address that was connected to. */
  address: string | undefined

  #lost = 0
  /** Since then the other side is waited for. */
  #quietSince = 0
  #lastCapabilities: number | undefined
  readonly #repeats = new RepeatWatch()
  #fold: { fold: Fold; length: 1 | 2 } | null = null
  /** First half of a pair that may yet be folded. */
  #pending: Spoken | null = null

  /** Reads the next event; `log` says what was lost before it. */
  take(log: EventLog, event: TranscriptEvent): void {
    this.#tellLost(log, event.seq)
    this.#push(event)
  }

  /** The log is over: what was lost at its end is told. */
  finish(log: EventLog): void {
    this.#tellLost(log, Number.MAX_SAFE_INTEGER)
  }

  /** Rows with the half pair that still waits for its other half. */
  get count(): number {
    return this.rows.length + (this.#pending === null ? 0 : 1)
  }

  row(index: number): LadderRow | undefined {
    const pending = this.#pending
    if (index !== this.rows.length || pending === null) return this.rows.at(index)
    return { kind: pending.kind, seq: pending.seq, wall: this.wall, gap: 0 }
  }

  /** Index of the row that shows the event, or -1. Of several rows for one event, the one that can be selected. */
  indexOf(seq: number): number {
    if (this.#pending !== null && this.#pending.seq <= seq) return this.rows.length
    let found = this.rows.lastUpTo(seq)
    while (found > 0 && this.rows.at(found)!.kind === 'capabilities') found--
    // Before the first row there is none, but the first is the nearest.
    return this.count === 0 ? -1 : Math.max(0, found)
  }

  #tellLost(log: EventLog, before: number): void {
    for (; this.#lost < log.lost.length && log.lost[this.#lost]!.before <= before; this.#lost++) {
      const { before: seq, count } = log.lost[this.#lost]!
      this.#settle()
      this.rows.push({ kind: 'lost', seq, wall: this.wall, count })
    }
  }

  #push(event: TranscriptEvent): void {
    if (event.kind === 'line' || event.kind === 'reply') this.#spoken(event)
    else {
      this.#settle()
      this.#other(event)
    }
    this.at = Math.max(this.at, event.at)
    // A wait or a finding is not the other side's doing: it does not end what is waited for, except by its own length.
    if (event.kind === 'wait') this.#holdFor(event)
    else if (event.kind !== 'finding' && event.kind !== 'edit' && event.kind !== 'remark')
      this.#quietSince = event.at
  }

  /** The last line was a request of HTTP. */
  #request = false

  #holdFor(event: EventOf<'wait'>): void {
    this.held += event.took
    // The event is written when the hold ends, or marked with its begin: either way the hold is not waiting.
    const ends = event.at - this.#quietSince >= event.took ? event.at : event.at + event.took
    this.#quietSince = Math.max(this.#quietSince, ends)
  }

  #gap = (event: TranscriptEvent) => Math.max(0, event.at - this.#quietSince)

  #spoken(event: Spoken): void {
    this.#protect(event)
    if (event.kind === 'line') this.#request = event.verb === 'POST' && requestLine(event.raw) !== null
    const length = this.#repeats.push(`${event.direction} ${keyOf(event)} ${event.sealed ?? false}`)
    const notable = event.kind === 'reply' ? event.malformed : event.edited
    if (length === 0 || notable) {
      this.#settle()
      this.#row(event)
    } else this.#repeated(event, length)
  }

  #row(event: Spoken): void {
    this.rows.push({ kind: event.kind, seq: event.seq, wall: this.wall, gap: this.#gap(event) })
    if (
      event.kind !== 'reply' ||
      event.phase !== 'ehlo' ||
      event.code !== 250 ||
      !event.raw.startsWith('250-')
    )
      return
    this.rows.push({ kind: 'capabilities', seq: event.seq, wall: this.wall, before: this.#lastCapabilities })
    this.#lastCapabilities = event.seq
  }

  /** Adds to the open fold, or opens one. A pair is folded when both its halves are there. */
  #repeated(event: Spoken, length: 1 | 2): void {
    if (length === 2 && this.#pending === null) {
      this.#pending = event
      return
    }
    const first = this.#pending ?? event
    const pattern = length === 2 ? [keyOf(first), keyOf(event)] : [keyOf(event)]
    this.#pending = null
    const open = this.#fold
    if (open?.length === length && open.fold.last === first.seq - 1) {
      open.fold.last = event.seq
      open.fold.to = event.at
      open.fold.times++
      return
    }
    const fold: Fold = { first: first.seq, last: event.seq, times: 1, pattern, from: first.at, to: event.at }
    this.#fold = { fold, length }
    this.rows.push({ kind: 'fold', seq: first.seq, wall: this.wall, fold })
  }

  /** Ends an open fold; half a pair becomes a row of its own. */
  #settle(): void {
    this.#fold = null
    if (this.#pending !== null) this.#row(this.#pending)
    this.#pending = null
  }

  #raise(wall: 'open' | 'sealed', seq: number): void {
    if (wall === this.wall) return
    this.#settle()
    this.wall = wall
    this.segments.push({ wall, lines: 0, octets: 0 })
    this.rows.push({ kind: 'band', seq, wall, segment: this.segments.length - 1 })
  }

  #protect(event: TranscriptEvent): void {
    this.#raise(event.sealed === true ? 'sealed' : 'open', event.seq)
    const segment = this.segments.at(-1)!
    segment.lines++
    segment.octets += octetsOf(event)
  }

  #other(event: Exclude<TranscriptEvent, Spoken>): void {
    const base = { seq: event.seq, wall: this.wall }
    switch (event.kind) {
      case 'resolve':
        this.rows.push({ ...base, kind: 'link', seqs: [event.seq] })
        break
      case 'connect':
        this.#connect(event)
        break
      case 'tls':
        this.rows.push({ ...base, kind: 'tls', gap: event.took })
        this.#repeats.reset()
        break
      case 'chunk':
        this.#chunk(event)
        break
      case 'wait':
      case 'edit':
        // A line held or changed inside TLS stands below the seam, though no line has crossed it yet.
        if (event.sealed === true) this.#raise('sealed', event.seq)
        this.rows.push({ kind: event.kind, seq: event.seq, wall: this.wall })
        break
      case 'end':
      case 'remark':
        this.rows.push({ ...base, kind: event.kind })
        break
      case 'finding':
        this.findings.push(event.seq)
        this.rows.push({ ...base, kind: 'finding' })
        break
    }
  }

  #connect(event: EventOf<'connect'>): void {
    if (event.outcome === 'connected') this.address = event.address
    const before = this.rows.at(this.rows.length - 1)
    const joins = before?.kind === 'link' && before.seqs.length === 1 && before.seq === event.seq - 1
    const firstAttempt = joins && this.rows.length === 1
    if (firstAttempt) this.rows.set(0, { ...before, seqs: [before.seq, event.seq] })
    else this.rows.push({ kind: 'link', seq: event.seq, wall: this.wall, seqs: [event.seq] })
  }

  #chunk(event: EventOf<'chunk'>): void {
    this.#protect(event)
    const known = this.bodies.get(event.body)
    if (known) {
      known.size += event.size
      known.last ||= event.last
      known.chunks++
      known.lastSeq = event.seq
      return
    }
    const { size, last, seq } = event
    const encoding = this.#request ? 'http' : event.encoding
    this.bodies.set(event.body, { size, last, encoding, chunks: 1, firstSeq: seq, lastSeq: seq })
    this.rows.push({ kind: 'body', seq, wall: this.wall, body: event.body })
  }
}
