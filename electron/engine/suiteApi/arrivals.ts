/**
 * Owns: what has come since the program began, in order and numbered: messages that were kept, sessions that left none.
 * A mark names a place in it, as `5f0c2a91.17`: who waits from a mark on misses nothing, whatever came before the
 * question. Bounded; a summary with very many recipients is shortened, for the whole one lies in the store.
 */
import { randomBytes } from 'node:crypto'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { Batch } from '#shared/rpc/types.ts'
import type { Store } from '../store/types.ts'

export const arrivalsKept = 10_000
/** Of one summary. */
export const recipientsKept = 20

/** Where a mark stands: after that number, in another run of the program, before what is still kept, or nowhere. */
export type Place = { at: 'here'; after: number } | { at: 'gone' } | { at: 'nowhere' }

export class Arrivals {
  /** Numbers begin anew with each run, so that a mark says which one it is of. */
  readonly #run = randomBytes(4).toString('hex')
  readonly #log: EventLog<MessageSummary>

  constructor(store: Pick<Store, 'onMessages' | 'onSessions'>, kept = arrivalsKept) {
    this.#log = new EventLog(kept)
    const add = (summaries: MessageSummary[]): void => {
      for (const summary of summaries) this.#log.append(shortened(summary))
    }
    store.onMessages(add)
    store.onSessions(add)
  }

  get last(): number {
    return this.#log.last
  }

  /** Of number `after`; of now when left out. */
  mark(after = this.#log.last): string {
    return `${this.#run}.${after}`
  }

  place(mark: string): Place {
    const found = /^([0-9a-f]{8})\.(\d{1,15})$/u.exec(mark)
    if (found === null) return { at: 'nowhere' }
    const after = Number(found[2])
    if (found[1] !== this.#run) return { at: 'gone' }
    if (after > this.#log.last) return { at: 'nowhere' }
    return this.#log.read(after, 1).lost > 0 ? { at: 'gone' } : { at: 'here', after }
  }

  read(after: number, max: number): Batch<MessageSummary> {
    return this.#log.read(after, max)
  }

  /** Resolves when something stands behind `after`, or when the signal says so. */
  more(after: number, signal: AbortSignal): Promise<void> {
    if (this.last > after || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const done = (): void => {
        stop()
        signal.removeEventListener('abort', done)
        resolve()
      }
      const stop = this.#log.watch(done)
      signal.addEventListener('abort', done)
    })
  }
}

/** What is kept in memory of it: one message may have a thousand recipients. */
export const shortened = (summary: MessageSummary): MessageSummary =>
  summary.rcptTo.length <= recipientsKept
    ? summary
    : { ...summary, rcptTo: summary.rcptTo.slice(0, recipientsKept) }
