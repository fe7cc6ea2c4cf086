/**
 * Owns: the end of a step of a leg: reports that it calls for are durable first, then the leg is put to be stored, and goes on
 * where it belongs. A leg without open recipients whose senders have been told is over, whatever it was before.
 */
import type { Log } from '../../ports.ts'
import { type Acting, fulfil } from './acts.ts'
import type { Entry } from './entry.ts'
import { Fifo } from './fifo.ts'
import { close, openOf } from './settle.ts'
import type { End, Teller } from './teller.ts'
import type { ReportDue } from './telling.ts'

/** Reports that are made at once: each has the head of its message in memory, and ten thousand legs may fail together. */
const mostAtOnce = 32

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

interface Telling {
  entry: Entry
  due: readonly ReportDue[]
  end: End
  over: PromiseWithResolvers<void>
}

export class Conclusion {
  readonly #parts: ConclusionParts
  readonly #waiting = new Fifo<Telling>()
  readonly #promised = new Set<Promise<void>>()
  #running = 0

  constructor(parts: ConclusionParts) {
    this.#parts = parts
  }

  conclude(entry: Entry, end: End): void {
    const due = this.#parts.teller.due(entry.leg, end)
    if (due.length === 0) return this.#ended(entry)
    entry.telling = true
    const over = Promise.withResolvers<void>()
    this.#promised.add(over.promise)
    this.#waiting.push({ entry, due, end, over })
    this.#go()
  }

  /** Resolves when the reports that are due now are durable, or will not be. */
  async idle(): Promise<void> {
    await Promise.all(this.#promised)
  }

  #go(): void {
    while (this.#running < mostAtOnce && this.#waiting.length > 0) {
      const telling = this.#waiting.shift()!
      this.#running++
      void this.#tell(telling).finally(() => {
        this.#running--
        this.#promised.delete(telling.over.promise)
        telling.over.resolve()
        this.#go()
      })
    }
  }

  async #tell({ entry, due, end }: Telling): Promise<void> {
    const { teller, givesUpAt, stopping } = this.#parts
    // What is not begun stays open in the store, and is tried at the next start.
    if (stopping()) return
    const told = teller.tell(entry, due, end, givesUpAt(entry)).then(
      () => this.#ended(entry),
      (error: unknown) => this.#untold(entry, error),
    )
    await told.catch((error: unknown) => this.#say('A message could not go on', entry, error))
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
