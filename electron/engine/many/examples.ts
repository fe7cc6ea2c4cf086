/**
 * Owns: which of a run's connections become transcripts, and storing them. Not a million: the first ones, then one for
 * each doubling, and the first of each kind of failure.
 */
import type { EventBody, SessionHead } from '#shared/transcript/event.ts'
import { beginSummary, foldSummary, summaryOf } from '#shared/transcript/summarize.ts'
import type { Clock, Log } from '../ports.ts'
import type { Store } from '../store/types.ts'
import { sessionIds } from '../transcripts/sessionId.ts'
import type { Hub } from '../transcripts/types.ts'
import type { MemoryRecorder } from './recorder.ts'

/** The first connections are all kept. */
const firstOnes = 3
/** Of all together. */
const most = 80

export interface ExampleDeps {
  store: Pick<Store, 'putTranscript'>
  hub: Pick<Hub, 'added'>
  clock: Clock
  log: Log
}

export class Examples {
  readonly #deps: ExampleDeps
  readonly #head: Omit<SessionHead, 'id' | 'startedAt' | 'title'>
  readonly #nextId: () => string
  readonly #storing = new Set<Promise<void>>()
  /** Ids of the kept ones, in the order of keeping. */
  readonly kept: string[] = []

  constructor(head: Omit<SessionHead, 'id' | 'startedAt' | 'title'>, deps: ExampleDeps) {
    this.#head = head
    this.#deps = deps
    this.#nextId = sessionIds(() => deps.clock.now())
  }

  /** Whether the connection of this number, from 1, is one of the sample. */
  sampled(connection: number): boolean {
    return connection <= firstOnes || (connection & (connection - 1)) === 0
  }

  /** Keeps what is recorded so far, `last` behind it; the transcript's id, or undefined when there are enough. */
  keep(recorder: MemoryRecorder, title: string, last: readonly EventBody[]): string | undefined {
    if (this.kept.length >= most) return undefined
    const id = this.#nextId()
    const events = recorder.read(id, last)
    const state = beginSummary({
      ...this.#head,
      id,
      title,
      startedAt: recorder.startedAt.toISOString(),
    })
    for (const event of events) foldSummary(state, event)
    const summary = summaryOf(state)
    this.kept.push(id)
    const storing = this.#deps.store
      .putTranscript(summary, events)
      .then(() => this.#deps.hub.added(summary))
      .catch((error: unknown) =>
        this.#deps.log('error', 'A dialogue of a run could not be stored.', { error: String(error) }),
      )
      .finally(() => this.#storing.delete(storing))
    this.#storing.add(storing)
    return id
  }

  /** Resolves when all that was kept is stored. */
  async stored(): Promise<void> {
    while (this.#storing.size > 0) await Promise.all(this.#storing)
  }
}
