/**
 * Owns: how many connections there are in all, and who may open the next. A way may have as many as are still free, so that
 * ways whose servers answer slowly always leave room for others; an idle connection gives way to who has work.
 */

export interface SlotUser {
  /** Connections that are open or being opened. */
  readonly connections: number
  /** A place may be free now. */
  wake(): void
  /** Closes one idle connection; false when there is none. */
  closeIdle(): boolean
}

export class Slots {
  readonly #most: number
  readonly #users = new Set<SlotUser>()
  readonly #waiting = new Set<SlotUser>()
  readonly #emptied: (() => void)[] = []
  #open = 0
  #looking = false

  constructor(most: number) {
    this.#most = most
  }

  get open(): number {
    return this.#open
  }

  /** True: a place was taken. Else the user is woken when one is free. */
  take(user: SlotUser): boolean {
    const free = this.#most - this.#open
    if (free > 0 && user.connections < Math.max(1, free)) {
      this.#open++
      this.#users.add(user)
      this.#waiting.delete(user)
      return true
    }
    this.#waiting.add(user)
    if (free <= 0) this.#closeIdle()
    return false
  }

  /** Resolves when no connection is open. */
  empty(): Promise<void> {
    return this.#open === 0 ? Promise.resolve() : new Promise((resolve) => this.#emptied.push(resolve))
  }

  release(user: SlotUser): void {
    this.#open--
    if (this.#open === 0) for (const tell of this.#emptied.splice(0)) tell()
    if (user.connections === 0) this.#users.delete(user)
    this.#wakeSome()
  }

  /**
   * As many as places are free, in their turns: of ten thousand ways that wait each would else be looked at for each
   * connection that ends. Who is woken opens at the end of its turn, or has nothing to send any more; so it is looked again
   * behind that, as often as there were users waiting: who gets nothing stands behind the others.
   */
  #wakeSome(left = this.#waiting.size): void {
    let free = this.#most - this.#open
    // Whoever ends the next connection goes on from here.
    if (free <= 0) return
    for (const waiting of this.#waiting) {
      if (free-- <= 0 || left-- <= 0) break
      this.#waiting.delete(waiting)
      waiting.wake()
    }
    if (left <= 0 || this.#waiting.size === 0 || this.#looking) return
    this.#looking = true
    // Twice: what was woken opens in the first.
    setImmediate(() =>
      setImmediate(() => {
        this.#looking = false
        this.#wakeSome(left)
      }),
    )
  }

  #closeIdle(): void {
    for (const user of this.#users) if (user.closeIdle()) return
  }
}
