/** Owns: handing on what comes in bursts once a frame, and saying when a frame has had enough. */

/**
 * Gathers what comes in bursts and hands it on once a frame. `add` answers with a promise when so much time of the frame
 * is gone that more should wait for the paint, else with nothing.
 */
export class FrameGatherer<T> {
  readonly #hand: (items: T[]) => void
  readonly #budget: number
  #items: T[] = []
  #frame: Promise<void> | null = null
  #began = 0

  /** `budget`: milliseconds of a frame that may go by while things come. */
  constructor(hand: (items: T[]) => void, budget = 12) {
    this.#hand = hand
    this.#budget = budget
  }

  add(item: T): Promise<void> | undefined {
    this.#items.push(item)
    if (this.#frame === null) {
      this.#began = performance.now()
      this.#frame = this.#next()
    }
    return performance.now() - this.#began < this.#budget ? undefined : this.#frame
  }

  /** Hands on at once what is gathered. */
  flush(): void {
    const items = this.#items
    this.#items = []
    if (items.length > 0) this.#hand(items)
  }

  async #next(): Promise<void> {
    await new Promise<void>((resolve) => {
      // A window in the background does not paint, so time helps out.
      const late = setTimeout(resolve, 250)
      requestAnimationFrame(() => {
        clearTimeout(late)
        resolve()
      })
    })
    this.flush()
    // The paint of what was handed on comes first.
    await new Promise((resolve) => setTimeout(resolve, 0))
    this.#frame = null
  }
}
