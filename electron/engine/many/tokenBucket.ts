/**
 * Owns: a rate as a token bucket: what may go now, and how long to wait otherwise. Pure: the time is given in.
 */

/** Seconds' worth of tokens that may gather while nobody takes one; above it a pause would end in a burst. */
const depth = 0.1

export class TokenBucket {
  readonly #rate: number
  readonly #most: number
  #tokens: number
  #at: number

  /** `rate` tokens a second; `now` in microseconds. One token is there at once. */
  constructor(rate: number, now: number) {
    if (!(rate > 0)) throw new RangeError(`rate ${rate}: above 0`)
    this.#rate = rate
    this.#most = Math.max(1, rate * depth)
    this.#tokens = 1
    this.#at = now
  }

  /** 0: a token was taken. Else microseconds until there is one. */
  take(now: number): number {
    const passed = Math.max(0, now - this.#at)
    this.#at = Math.max(this.#at, now)
    this.#tokens = Math.min(this.#most, this.#tokens + (passed * this.#rate) / 1e6)
    // Sums of fractions fall short of 1 by what a double cannot hold.
    if (this.#tokens >= 1 - 1e-9) {
      this.#tokens = Math.max(0, this.#tokens - 1)
      return 0
    }
    return Math.max(1, Math.ceil(((1 - this.#tokens) * 1e6) / this.#rate))
  }
}
