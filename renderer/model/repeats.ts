/**
 * Owns: noticing that lines repeat: RCPT, 250, RCPT, 250 … or, pipelined, RCPT, RCPT, RCPT … A pattern of one or two
 * lines that came often enough is folded from then on. Works on keys, one at a time, and keeps no list.
 */

/** A pattern is shown in full so many times before it folds. */
export const shownTimes = 12

export class RepeatWatch {
  #one = ''
  #two = ''
  #ones = 0
  #twos = 0

  /** The length of the pattern that this key goes on with (1 or 2) once it came often enough, else 0. */
  push(key: string): 0 | 1 | 2 {
    this.#ones = key === this.#one ? this.#ones + 1 : 0
    this.#twos = key === this.#two ? this.#twos + 1 : 0
    this.#two = this.#one
    this.#one = key
    if (this.#ones >= shownTimes) return 1
    return this.#twos >= 2 * shownTimes ? 2 : 0
  }

  reset(): void {
    this.#one = ''
    this.#two = ''
    this.#ones = 0
    this.#twos = 0
  }
}
