/**
 * Owns: one session while it is being recorded: numbering, timing, masking, and the events that are not in the store
 * yet. It keeps no timer; the hub decides when it is flushed.
 */
import type { Clock } from '../ports.ts'
import { mostNamed } from '../store/namedMessages.ts'
import type { Store } from '../store/types.ts'
import type { EventBody, SessionHead, SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { beginSummary, foldSummary, summaryOf } from '#shared/transcript/summarize.ts'
import { concealEvent } from './conceal.ts'
import type { Recorder } from './types.ts'

/** Events, or octets that they hold in memory, that make a flush due at once. */
const flushEvents = 2000
const flushOctets = 1 << 20
/** Events kept in memory while the store takes none (a full disk); above it the oldest are given up, and counted. */
const mostWaiting = 20_000
const mostSecrets = 64

/** A chunk stands for octets that are with the store already: one for each megabyte would be a commit for each. */
const heldBy = (event: TranscriptEvent): number =>
  event.kind === 'line' || event.kind === 'reply' ? event.raw.length : 0

/** What the session tells its hub. */
export interface SessionWatcher {
  /** A new event, a new summary: the list and the store should learn it soon; at once when `due`. */
  changed(session: LiveSession, due: boolean): void
  lateWrite(session: LiveSession, kind: string): void
}

export class LiveSession implements Recorder {
  readonly session: string
  readonly #hub: SessionWatcher
  readonly #clock: Clock
  readonly #began: number
  readonly #summary
  readonly #secrets: string[] = []
  readonly #messages: string[] = []
  #queued = 0
  /** Null until somebody looks: most sessions nobody watches. */
  #watchers: Set<() => void> | null = null
  /** Events [#first, seq]; those up to `#sent` are on their way to the store. */
  #events: TranscriptEvent[] = []
  #first = 1
  #sent = 0
  #unsentOctets = 0
  #summarySent = true
  #held = false
  #known = false
  #ended = false
  #lastAt = 0
  #flushing: Promise<boolean> | null = null
  seq = 0
  /** Events given up because the store took none for too long. */
  lost = 0

  constructor(hub: SessionWatcher, clock: Clock, head: SessionHead) {
    this.#hub = hub
    this.#clock = clock
    this.#began = clock.micros()
    this.session = head.id
    this.#summary = beginSummary(head)
  }

  /** The store has its summary. */
  get known(): boolean {
    return this.#known
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Everything is in the store. */
  get settled(): boolean {
    return this.#summarySent && this.#sent === this.seq && this.#flushing === null
  }

  elapsed(): number {
    return Math.max(0, Math.round(this.#clock.micros() - this.#began))
  }

  write(event: EventBody, at?: number): TranscriptEvent {
    const now = this.elapsed()
    const time = Math.max(this.#lastAt, Math.min(now, Math.round(at ?? now)))
    const clean = this.#secrets.length > 0 ? concealEvent(event, this.#secrets) : event
    const whole: TranscriptEvent = { ...clean, session: this.session, seq: this.seq + 1, at: time }
    if (this.#ended) {
      this.#hub.lateWrite(this, event.kind)
      return whole
    }
    this.seq++
    this.#lastAt = time
    this.#events.push(whole)
    this.#unsentOctets += heldBy(whole)
    foldSummary(this.#summary, whole)
    if (whole.kind === 'end') this.#ended = true
    this.#giveUpOldest()
    this.#changed(this.#ended || this.seq - this.#sent >= flushEvents || this.#unsentOctets >= flushOctets)
    if (this.#watchers !== null) for (const more of this.#watchers) more()
    return whole
  }

  conceal(secret: string): void {
    if (secret !== '' && this.#secrets.length < mostSecrets && !this.#secrets.includes(secret)) this.#secrets.push(secret)
  } // prettier-ignore

  held(value: boolean): void {
    if (this.#held === value) return
    this.#held = value
    this.#changed(false)
  }

  delivered(message: string, to?: 'relay'): void {
    if (to === 'relay') this.#queued++
    else if (this.#messages.length >= mostNamed) return
    else this.#messages.push(message)
    this.#changed(this.#ended)
  }

  /**
   * How it stands now. Ids are only ever added, so the summary copies those of its moment when they are looked at: the list
   * keeps two thousand summaries, and each had thousands of ids where clients stay for thousands of messages.
   */
  summary(): SessionSummary {
    const all = this.#messages
    const count = all.length
    const summary = summaryOf(this.#summary, this.#held, [], this.#queued)
    if (count === 0) return summary
    return Object.defineProperty(summary, 'messages', { get: () => all.slice(0, count), enumerable: true })
  }

  /** Events numbered above `after` that are in memory; null when the first of them is not (any more). */
  inMemory(after: number, max: number): TranscriptEvent[] | null {
    if (after + 1 < this.#first) return null
    return this.#events.slice(after + 1 - this.#first, after + 1 - this.#first + max)
  }

  /** Number of the first event in memory. */
  get first(): number {
    return this.#first
  }

  watch(more: () => void): () => void {
    const own = (): void => more()
    const watchers = (this.#watchers ??= new Set())
    watchers.add(own)
    return () => void watchers.delete(own)
  }

  /** Writes what is new to the store; false when it did not take it. One at a time. */
  flush(store: Store, failed: (error: unknown) => void): Promise<boolean> {
    this.#flushing ??= this.#flush(store, failed).finally(() => {
      this.#flushing = null
    })
    return this.#flushing
  }

  async #flush(store: Store, failed: (error: unknown) => void): Promise<boolean> {
    if (this.#summarySent && this.#sent === this.seq) return true
    const from = this.#sent
    const upTo = this.seq
    this.#sent = upTo
    this.#summarySent = true
    this.#unsentOctets = 0
    try {
      await store.putTranscript(this.summary(), this.#events.slice(Math.max(0, from + 1 - this.#first)))
    } catch (error) {
      this.#sent = from
      this.#summarySent = false
      failed(error)
      return false
    }
    this.#known = true
    const stored = upTo + 1 - this.#first
    if (stored > 0) {
      this.#events = this.#events.slice(stored)
      this.#first = upTo + 1
    }
    return true
  }

  #changed(due: boolean): void {
    this.#summarySent = false
    this.#hub.changed(this, due)
  }

  #giveUpOldest(): void {
    if (this.#events.length <= mostWaiting) return
    const surplus = this.#events.length - mostWaiting / 2
    this.#events = this.#events.slice(surplus)
    this.#first += surplus
    this.#sent = Math.max(this.#sent, this.#first - 1)
    this.lost += surplus
  }
}
