/**
 * Owns: keeping answers for a short while, so that a thousand messages to one domain ask once: those that are under way
 * are shared, those that came are kept as long as each may be, and of all of them only so many.
 */

export interface KeepOptions<V> {
  /** Answers; the oldest goes first. */
  most: number
  now(): Date
  /** Milliseconds that this answer is good for; 0: not at all. */
  lifeOf(value: V): number
}

interface Entry<V> {
  answer: Promise<V>
  until: number
}

/** Oldest answers that each new one looks at. */
const lookedAt = 8

export class Keep<V> {
  readonly #options: KeepOptions<V>
  readonly #entries = new Map<string, Entry<V>>()

  constructor(options: KeepOptions<V>) {
    this.#options = options
  }

  get size(): number {
    return this.#entries.size
  }

  /** What is known, or is being asked, or `ask` says. A rejection reaches all who wait for it, and is not kept. */
  get(key: string, ask: () => Promise<V>): Promise<V> {
    const known = this.#entries.get(key)
    if (known && known.until > this.#options.now().getTime()) return known.answer
    this.#entries.delete(key)
    this.#tidy()
    const entry: Entry<V> = { until: Infinity, answer: ask() }
    this.#entries.set(key, entry)
    entry.answer.then(
      (value) => (entry.until = this.#options.now().getTime() + this.#options.lifeOf(value)),
      () => this.#entries.get(key) === entry && this.#entries.delete(key),
    )
    return entry.answer
  }

  /** Makes room for one, and drops some of what is over: hostile answers are large, and are not to lie about. */
  #tidy(): void {
    const now = this.#options.now().getTime()
    let looked = 0
    for (const [key, { until }] of this.#entries) {
      if (this.#entries.size < this.#options.most && looked++ >= lookedAt) return
      if (until <= now || this.#entries.size >= this.#options.most) this.#entries.delete(key)
    }
  }
}
