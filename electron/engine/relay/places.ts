/**
 * Owns: so many places for work that usually ends soon. What lasts long leaves its place to others and goes on beside them, so
 * that what waits for silent servers holds up itself alone; of that, too, there may be only so much.
 */
export interface PlacesOptions {
  most: number
  /** Beside those: of what lasts longer than `long` milliseconds. */
  mostLong: number
  long: number
  /** A place is free that nobody gave back. */
  freed: () => void
}

interface Taken {
  since: number
}

export class Places {
  readonly #options: PlacesOptions
  /** The oldest first. */
  readonly #taken = new Set<Taken>()
  #long = 0
  #alarm: NodeJS.Timeout | undefined

  constructor(options: PlacesOptions) {
    this.#options = options
  }

  /** What gives the place back, once; null: none is free, and `freed` may tell of one. */
  take(): (() => void) | null {
    if (!this.free) return null
    const one: Taken = { since: performance.now() }
    this.#taken.add(one)
    return () => {
      if (!this.#taken.delete(one)) this.#long--
    }
  }

  get free(): boolean {
    const { most } = this.#options
    if (this.#taken.size < most) return true
    this.#moveLong()
    if (this.#taken.size < most) return true
    this.#arm()
    return false
  }

  #moveLong(): void {
    const { long, mostLong } = this.#options
    const until = performance.now() - long
    for (const one of this.#taken) {
      if (one.since > until || this.#long >= mostLong) return
      this.#taken.delete(one)
      this.#long++
    }
  }

  /** Where no more may last long, only what ends makes room. */
  #arm(): void {
    const { long, mostLong, freed } = this.#options
    const oldest = this.#taken.values().next().value
    if (this.#alarm !== undefined || oldest === undefined || this.#long >= mostLong) return
    const wait = oldest.since + long - performance.now()
    this.#alarm = setTimeout(
      () => {
        this.#alarm = undefined
        freed()
      },
      Math.max(1, Math.ceil(wait)),
    )
    this.#alarm.unref()
  }
}
