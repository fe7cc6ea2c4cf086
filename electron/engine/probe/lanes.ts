/**
 * Owns: how many connections are open at once: over all, to one address, and alone. Servers count connections per
 * client, so the second bound is the one that keeps a probe from being turned away.
 */

export interface LaneWork<T> {
  address: string
  /** Waits until nothing else is open to this address, and keeps others away from it. */
  alone?: boolean
  run: () => Promise<T>
}

export interface Done<T> {
  value: T
  /** Something else was open to the same address meanwhile. */
  shared: boolean
}

interface Waiting {
  address: string
  alone: boolean
  start: () => void
}

interface Lane {
  open: number
  /** Grows with each start: whoever sees it change had company. */
  starts: number
  alone: boolean
  /** Connections at once. */
  width: number
}

export class Lanes {
  readonly #overall: number
  readonly #perAddress: number
  readonly #lanes = new Map<string, Lane>()
  #waiting: Waiting[] = []
  #open = 0

  constructor(overall: number, perAddress: number) {
    this.#overall = overall
    this.#perAddress = perAddress
  }

  /** Runs the work when there is room, in the order of asking; later work for another address may overtake. */
  run<T>({ address, alone = false, run }: LaneWork<T>): Promise<Done<T>> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        const lane = this.#lane(address)
        const company = lane.open > 0
        lane.alone = alone
        lane.open++
        const starts = ++lane.starts
        this.#open++
        run()
          .then((value) => resolve({ value, shared: company || lane.starts > starts }), reject)
          .finally(() => {
            lane.open--
            lane.alone = false
            this.#open--
            this.#next()
          })
      }
      this.#waiting.push({ address, alone, start })
      this.#next()
    })
  }

  /** From now on one at a time to this address: it does not like more. */
  slow(address: string): void {
    this.#lane(address).width = 1
  }

  isSlow(address: string): boolean {
    return this.#lane(address).width === 1
  }

  #next(): void {
    for (let i = 0; i < this.#waiting.length && this.#open < this.#overall;) {
      const waiting = this.#waiting[i]!
      if (this.#fits(waiting)) {
        this.#waiting.splice(i, 1)
        waiting.start()
      } else i++
    }
  }

  #fits({ address, alone }: Waiting): boolean {
    const lane = this.#lane(address)
    if (lane.alone && lane.open > 0) return false
    return alone ? lane.open === 0 : lane.open < lane.width
  }

  #lane(address: string): Lane {
    const known = this.#lanes.get(address)
    if (known) return known
    const lane = { open: 0, starts: 0, alone: false, width: this.#perAddress }
    this.#lanes.set(address, lane)
    return lane
  }
}
