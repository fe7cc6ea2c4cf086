/** Owns: how many requests a minute are taken, so that clients can be shown a 429 (RFC 6585 §4). */

const minute = 60_000_000

export class Rate {
  readonly #perMinute: () => number
  readonly #micros: () => number
  #window = 0
  #count = 0

  /** `perMinute` 0: as many as come. `micros`: monotonic. */
  constructor(perMinute: () => number, micros: () => number) {
    this.#perMinute = perMinute
    this.#micros = micros
  }

  /** Counts one in: 0, or the seconds after which it may be tried again. */
  take(): number {
    const most = this.#perMinute()
    const now = this.#micros()
    if (most === 0) return 0
    if (this.#count === 0 || now - this.#window >= minute) {
      this.#window = now
      this.#count = 0
    }
    if (++this.#count <= most) return 0
    return Math.max(1, Math.ceil((this.#window + minute - now) / 1e6))
  }
}
