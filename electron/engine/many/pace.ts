/** Owns: messages a second over the last second, from a count that is read now and then. Pure: the time is given in. */

/** Microseconds that are looked back. */
const back = 1_000_000
/** Readings that are remembered; more often than this nobody asks. */
const most = 64

export class Pace {
  #readings: { at: number; count: number }[]

  constructor(now: number) {
    this.#readings = [{ at: now, count: 0 }]
  }

  /** `count`: how many there are by now. */
  read(now: number, count: number): number {
    this.#readings.push({ at: now, count })
    // One reading from before the second stays: what is told covers a second at least, where there was one.
    while (this.#readings.length > 2 && (this.#readings[1]!.at <= now - back || this.#readings.length > most))
      this.#readings.shift()
    const first = this.#readings[0]!
    return now > first.at ? ((count - first.count) * 1e6) / (now - first.at) : 0
  }
}
