/** Owns: reading one session's events by number, whether they are in memory, in the store, or first one then the other. */
import type { Store } from '../store/types.ts'
import type { Batch, StreamSource } from '#shared/rpc/types.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import type { LiveSession } from './liveSession.ts'

/** The stretch of `events` that is numbered without gaps from its first on. */
function contiguous(events: readonly TranscriptEvent[]): TranscriptEvent[] {
  const first = events[0]?.seq ?? 0
  const gap = events.findIndex((event, index) => event.seq !== first + index)
  return gap < 0 ? [...events] : events.slice(0, gap)
}

/** Events read from the store at once: its segments hold more than a batch, and each is read as a whole. */
const readAhead = 2000

/** `live` is null for a session that ended before. */
export class SessionSource implements StreamSource<TranscriptEvent> {
  readonly #store: Store
  readonly #session: string
  readonly #live: LiveSession | null
  /** Read and not asked for yet, in order; `#all`: there are no more behind them. */
  #ahead: readonly TranscriptEvent[] = []
  #all = false

  constructor(store: Store, session: string, live: LiveSession | null) {
    this.#store = store
    this.#session = session
    this.#live = live
  }

  read(after: number, max: number): Batch<TranscriptEvent> | Promise<Batch<TranscriptEvent>> {
    const events = this.#live?.inMemory(after, max)
    if (events === null || events === undefined) return this.#readStored(after, max)
    return this.#batch(after, events)
  }

  watch(more: () => void): () => void {
    return this.#live === null || this.#live.ended ? () => {} : this.#live.watch(more)
  }

  async #readStored(after: number, max: number): Promise<Batch<TranscriptEvent>> {
    // Taken before the store is asked: what leaves memory meanwhile is in the store by then.
    const first = this.#live?.first ?? 0
    const known = this.#ahead.findIndex(({ seq }) => seq === after + 1)
    if (known < 0) await this.#readAhead(after, Math.max(max, readAhead))
    const from = Math.max(0, known)
    const events = contiguous(this.#ahead.slice(from, from + max))
    const rest = this.#ahead.slice(from + events.length)
    this.#ahead = rest
    // A session that broke off with the program has no `end`.
    if (this.#all && rest.length === 0) return { ...this.#batch(after, events), ended: true }
    if (events.length > 0) return this.#batch(after, events)
    // Neither stored nor in memory: given up while the store took nothing.
    const start = Math.max(after, first - 1)
    return this.#batch(after, this.#live?.inMemory(start, max) ?? [])
  }

  async #readAhead(after: number, count: number): Promise<void> {
    this.#ahead = await this.#store.readEvents(this.#session, after, count)
    this.#all = this.#live === null && this.#ahead.length < count
  }

  #batch(after: number, events: TranscriptEvent[]): Batch<TranscriptEvent> {
    const first = events[0]?.seq ?? after + 1
    const last = events.at(-1)
    const done = last?.kind === 'end' || (this.#live?.ended === true && after >= this.#live.seq)
    return { first, events, lost: first - 1 - after, ended: done }
  }
}
