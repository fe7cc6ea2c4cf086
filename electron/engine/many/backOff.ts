/**
 * Owns: how long sending pauses when the server asks for it (421, a 4xx that speaks of a rate): longer each time in a
 * row, shorter again after what it took. Pure: the time is given in.
 */

/** Microseconds of the first pause and of the longest one. */
const first = 500_000
const longest = 30_000_000
/** Messages taken in a row after which the next pause is a short one again. */
const enough = 50

export class BackOff {
  readonly #first: number
  #until = 0
  #next: number
  #taken = 0
  /** Pauses so far. */
  times = 0

  /** `from`: microseconds of the first pause. */
  constructor(from = first) {
    this.#first = from
    this.#next = from
  }

  /** The server asked. While a pause runs, further ones that were on their way when it began do not lengthen it. */
  ask(now: number): void {
    if (now < this.#until) return
    this.times++
    this.#taken = 0
    this.#until = now + this.#next
    this.#next = Math.min(longest, this.#next * 2)
  }

  /** It took a message. */
  took(): void {
    this.#taken++
    if (this.#taken >= enough) this.#next = this.#first
  }

  /** Microseconds until sending may go on; 0: now. */
  left(now: number): number {
    return Math.max(0, this.#until - now)
  }
}
