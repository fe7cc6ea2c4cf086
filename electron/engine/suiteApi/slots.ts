/** Owns: how many of a kind there may be at once: waits, event streams. */
import { Problem } from './problems.ts'

export class Slots {
  readonly #most: number
  readonly #what: string
  readonly #changed: () => void
  #taken = 0

  /** `what` as "waits"; `changed` is told of every one that begins or ends. */
  constructor(most: number, what: string, changed: () => void = () => {}) {
    this.#most = most
    this.#what = what
    this.#changed = changed
  }

  get taken(): number {
    return this.#taken
  }

  /** Takes a slot and answers with the way to give it back, or throws `too-many`. */
  take(): () => void {
    if (this.#taken >= this.#most) {
      const words = `${this.#most} ${this.#what} are open, the most there may be.`
      throw new Problem('too-many', words, {}, { 'Retry-After': '1' })
    }
    this.#taken++
    this.#changed()
    let given = false
    return () => {
      if (given) return
      given = true
      this.#taken--
      this.#changed()
    }
  }

  /** Runs the task in a slot, or throws `too-many`. */
  async use<T>(task: () => Promise<T>): Promise<T> {
    const release = this.take()
    try {
      return await task()
    } finally {
      release()
    }
  }
}
