/** Owns: the one timer of the queue: what is due goes, in its order. */
import { DueHeap } from './dueHeap.ts'
import type { Entry } from './entry.ts'
import { inOneTurn } from './limits.ts'

/** Milliseconds after which the clock is looked at again: it may have been set, or the computer slept. */
const longest = 30_000
const minute = 60_000

export class DueTimer {
  readonly #heap = new DueHeap()
  readonly #now: () => number
  readonly #due: (entry: Entry) => void
  readonly #setBack: () => void
  #seen = -Infinity
  #timer: NodeJS.Timeout | undefined
  #at = Infinity
  #runs = false

  /**
   * `due` is told of each leg whose time has come; it is in the heap no more. `setBack` is called when the clock has been
   * set back by a minute or more: what was reckoned by it lies too far away.
   */
  constructor(now: () => number, due: (entry: Entry) => void, setBack: () => void = () => {}) {
    this.#now = now
    this.#due = due
    this.#setBack = setBack
  }

  get size(): number {
    return this.#heap.size
  }

  push(entry: Entry): void {
    this.#heap.push(entry)
    this.#arm()
  }

  remove(entry: Entry): void {
    this.#heap.remove(entry)
  }

  /** While it does not run nothing becomes due. */
  run(runs: boolean): void {
    this.#runs = runs
    if (runs) return this.#tick()
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#at = Infinity
  }

  #tick(): void {
    this.#timer = undefined
    this.#at = Infinity
    const now = this.#now()
    const back = now <= this.#seen - minute
    this.#seen = now
    if (back) this.#setBack()
    for (let left = inOneTurn; left > 0; left--) {
      const entry = this.#heap.take(now)
      if (entry === undefined) break
      this.#due(entry)
    }
    this.#arm()
  }

  #arm(): void {
    const first = this.#heap.first
    if (!this.#runs || first === undefined || first >= this.#at) return
    clearTimeout(this.#timer)
    this.#at = first
    this.#timer = setTimeout(() => this.#tick(), Math.min(longest, Math.max(1, first - this.#now())))
  }
}
