/**
 * Owns: telling the program's own log that messages are refused because they cannot be stored: the clients are told each
 * time, whoever runs the program once, and again only after a while. A flood of refused mail must not become one of lines.
 */
import type { Log } from '../ports.ts'
import { StoreError } from '../store/types.ts'

/** Milliseconds without a further line. */
const quiet = 60_000

/** A message that its client has to send again, or what had come of one that was not to be kept whole. */
export type Unkept = 'message' | 'content'

const words: Record<Unkept, string> = {
  message: 'A message could not be kept, and its client was told to try again.',
  content: 'Content of an unfinished or refused message could not be kept.',
}

export class NotKeptLog {
  readonly #log: Log
  readonly #now: () => number
  #last = -Infinity
  /** Refused since the last line. */
  #silent = 0

  /** `now`: monotonic milliseconds. */
  constructor(log: Log, now: () => number) {
    this.#log = log
    this.#now = now
  }

  /** `error`: what the store said instead of keeping it. */
  tell(error: unknown, what: Unkept = 'message'): void {
    // The program ends.
    if (error instanceof StoreError && error.code === 'closed') return
    const now = this.#now()
    if (now - this.#last < quiet) {
      this.#silent++
      return
    }
    const code = error instanceof StoreError ? error.code : 'failed'
    const since = this.#silent === 0 ? {} : { since: this.#silent }
    this.#last = now
    this.#silent = 0
    const why = error instanceof Error ? error.message : String(error)
    this.#log('error', `${words[what]} ${why}`, { code, ...since })
  }
}
