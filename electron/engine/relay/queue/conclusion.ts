/**
 * Owns: the end of a step of a leg: reports that it calls for are durable first, then the leg is put to be stored, and goes on
 * where it belongs. A leg without open recipients whose senders have been told is over, whatever it was before.
 */
import type { Log } from '../../ports.ts'
import { type Acting, fulfil } from './acts.ts'
import type { Entry } from './entry.ts'
import { close, openOf } from './settle.ts'
import type { End, Teller } from './teller.ts'

export interface ConclusionParts {
  acting: Acting
  teller: Pick<Teller, 'due' | 'tell'>
  log: Log
  /** When the message goes back, milliseconds since 1970. */
  givesUpAt: (entry: Entry) => number
  /** Where it belongs by what it is. */
  enter: (entry: Entry) => void
  /** The queue ends: what is not told stays open in the store. */
  stopping: () => boolean
}

export class Conclusion {
  readonly #parts: ConclusionParts
  readonly #running = new Set<Promise<void>>()

  constructor(parts: ConclusionParts) {
    this.#parts = parts
  }

  conclude(entry: Entry, end: End): void {
    const { teller, givesUpAt } = this.#parts
    const due = teller.due(entry.leg, end)
    if (due.length === 0) return this.#ended(entry)
    entry.telling = true
    const telling = teller.tell(entry, due, end, givesUpAt(entry)).then(
      () => this.#ended(entry),
      (error: unknown) => this.#untold(entry, error),
    )
    const watched = telling
      .catch((error: unknown) => this.#say('A message could not go on', entry, error))
      .finally(() => this.#running.delete(watched))
    this.#running.add(watched)
  }

  /** Resolves when the reports that are being made now are durable, or will not be. */
  async idle(): Promise<void> {
    await Promise.all(this.#running)
  }

  #ended(entry: Entry): void {
    if (!entry.over && openOf(entry.leg).length === 0) close(entry.leg)
    this.#goOn(entry)
  }

  /** Nothing is lost: a person may try again, or drop it. */
  #untold(entry: Entry, error: unknown): void {
    if (this.#parts.stopping()) return
    this.#say('A report to a sender could not be made', entry, error)
    entry.leg.state = 'held'
    delete entry.leg.toAllow
    entry.leg.why = 'The report to its sender could not be made; see the log'
    this.#goOn(entry)
  }

  #goOn(entry: Entry): void {
    const { acting, enter } = this.#parts
    const { wish } = entry
    entry.telling = false
    acting.book.letGo(entry)
    if (wish !== null && !entry.over) return fulfil(entry, wish, acting)
    acting.ledger.put(entry)
    if (!entry.over) enter(entry)
  }

  #say(what: string, { leg }: Entry, error: unknown): void {
    this.#parts.log('error', `${what}: ${String(error)}`, { leg: leg.id })
  }
}
