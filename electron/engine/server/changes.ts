/** Owns: telling followers how something stands after it changed: at once, or a few times a second under load. */
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { StreamSource } from '#shared/rpc/types.ts'

/** Milliseconds between two reports of counts. */
const pace = 200
/** A follower wants the newest state; a few older ones are kept for one that is a moment behind. */
const kept = 16

export class Changes<S> {
  readonly #log = new EventLog<S>(kept)
  readonly #state: () => S
  #timer: NodeJS.Timeout | undefined

  constructor(state: () => S) {
    this.#state = state
  }

  get source(): StreamSource<S> {
    return this.#log
  }

  now(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#log.append(this.#state())
  }

  /** Cheap enough for every connection and every message. */
  soon(): void {
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => this.now(), pace)
    this.#timer.unref()
  }
}
