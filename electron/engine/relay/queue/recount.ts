/**
 * Owns: that the numbers of legs that are over agree with what the store keeps of them. It removes old ones by itself, while
 * nobody asks for anything, so they are asked for again after legs have ended and with each list.
 */
import type { Log } from '../../ports.ts'
import type { RelayStore } from '../types.ts'
import type { Book } from './book.ts'

/** Milliseconds after which legs that have ended are counted anew; until then they are added up. */
const later = 1000

export interface RecountParts {
  store: Pick<RelayStore, 'overCounts'>
  book: Pick<Book, 'setOver'>
  log: Log
  /** Milliseconds; a second unless said. */
  wait?: number | undefined
}

export class Recount {
  readonly #parts: RecountParts
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(parts: RecountParts) {
    this.#parts = parts
  }

  /** A leg has ended. */
  soon(): void {
    if (this.#stopped) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.fresh()
    }, this.#parts.wait ?? later).unref()
  }

  /** Never rejects: the numbers stay as they were added up. */
  fresh(): Promise<void> {
    return this.now().catch((error: unknown) =>
      this.#parts.log('warn', `Mail that is over could not be counted: ${String(error)}`),
    )
  }

  /** Rejects with a StoreError. */
  async now(): Promise<void> {
    const { store, book } = this.#parts
    book.setOver(await store.overCounts())
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
