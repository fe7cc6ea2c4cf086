/**
 * Owns: applying a filter to a log bit by bit: what matches, and the rows that show it. A step takes as long as it is
 * given, so that a million events never hold a frame; results are there as they come, and a run that nobody wants any
 * more is simply not continued. What a log gets later is looked at by later steps.
 */
import { chunkSize, eventBySeq, type EventLog } from './eventLog.ts'
import { Matcher, type DialogueFilter } from './filter.ts'
import type { Ladder } from './ladder.ts'
import type { Wall } from './ladderRows.ts'
import { PackedEvents } from './packedEvents.ts'
import { RowStore } from './rowStore.ts'

/** Events between two looks at the clock. */
const glance = 256
/** Findings whose evidence is gathered. */
const mostFindings = 10_000

function evidenceOf(log: EventLog, findings: readonly number[]): number[] {
  return findings.slice(0, mostFindings).flatMap((seq) => {
    const finding = eventBySeq(log, seq)
    return finding?.kind === 'finding' ? finding.evidence : []
  })
}

export class FilterRun {
  readonly filter: DialogueFilter
  /** What is shown: the matches, with the bands and seams between them. */
  readonly rows = new RowStore()
  #seqs = new Uint32Array(256)
  #matches = 0
  #scanned = 0
  #wall: Wall = 'none'
  #shownWall: Wall = 'none'
  #segment = -1
  #body = 0
  readonly #matcher: Matcher

  constructor(filter: DialogueFilter, log: EventLog, ladder: Ladder) {
    this.filter = filter
    this.#matcher = new Matcher(filter, filter.findings ? evidenceOf(log, ladder.findings) : [])
  }

  /** Events looked at. */
  get scanned(): number {
    return this.#scanned
  }

  get matches(): number {
    return this.#matches
  }

  /** Number of the event that match `index` (from 0) is. */
  seq(index: number): number {
    return this.#seqs[index]!
  }

  /** The last match at or before an event; -1 when there is none. */
  lastUpTo(seq: number): number {
    let low = -1
    let high = this.#matches - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#seqs[middle]! <= seq) low = middle
      else high = middle - 1
    }
    return low
  }

  isDone(log: EventLog): boolean {
    return this.#scanned >= log.length
  }

  /** Looks at events until `now` (milliseconds) is `deadline`. */
  step(log: EventLog, deadline: number, now: () => number): void {
    while (this.#scanned < log.length) {
      const chunk = Math.floor(this.#scanned / chunkSize)
      const packed = log.chunks[chunk] ?? new PackedEvents(log.tail, log.shared.words)
      while (this.#scanned - chunk * chunkSize < packed.length) {
        this.#look(packed, this.#scanned - chunk * chunkSize)
        if (++this.#scanned % glance === 0 && now() >= deadline) return
      }
    }
  }

  #look(packed: PackedEvents, index: number): void {
    this.#followWall(packed, index)
    const kind = packed.kind(index)
    const takes = this.#matcher.takes(packed, index)
    if (takes) this.#match(packed.seq(index))
    // Where the connection was sealed matters to whatever stands around it.
    if (takes || kind === 'tls') this.#show(packed, index)
  }

  /** The same rule as the ladder's: what travels, or is held, has the protection of its moment. */
  #followWall(packed: PackedEvents, index: number): void {
    const kind = packed.kind(index)
    const held = (kind === 'wait' || kind === 'edit') && packed.sealed(index)
    if (!held && kind !== 'line' && kind !== 'reply' && kind !== 'chunk') return
    const wall = packed.sealed(index) ? 'sealed' : 'open'
    if (wall === this.#wall) return
    this.#wall = wall
    this.#segment++
  }

  #match(seq: number): void {
    if (this.#matches === this.#seqs.length) {
      const grown = new Uint32Array(this.#seqs.length * 2)
      grown.set(this.#seqs)
      this.#seqs = grown
    }
    this.#seqs[this.#matches++] = seq
  }

  #show(packed: PackedEvents, index: number): void {
    const seq = packed.seq(index)
    const kind = packed.kind(index)
    const wall = this.#wall
    if (this.#shownWall !== wall && kind !== 'tls') {
      this.#shownWall = wall
      this.rows.push({ kind: 'band', seq, wall, segment: this.#segment })
    }
    if (kind === 'line' || kind === 'reply') this.rows.push({ kind, seq, wall, gap: 0 })
    else if (kind === 'chunk') this.#showBody(packed, index, seq, wall)
    else if (kind === 'resolve' || kind === 'connect')
      this.rows.push({ kind: 'link', seq, wall, seqs: [seq] })
    else if (kind === 'tls') this.rows.push({ kind, seq, wall, gap: 0 })
    else this.rows.push({ kind, seq, wall })
  }

  /** One row for all stretches of a body. */
  #showBody(packed: PackedEvents, index: number, seq: number, wall: Wall): void {
    const event = packed.event(index)
    if (event.kind !== 'chunk' || event.body === this.#body) return
    this.#body = event.body
    this.rows.push({ kind: 'body', seq, wall, body: event.body })
  }
}
