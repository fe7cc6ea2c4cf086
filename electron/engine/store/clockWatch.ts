/**
 * Owns: whether the clock may be believed when ages are told by it. A clock that is set ahead by days makes everything
 * old at once: it has to stay there for a while before anything is removed for its age, so that a mistake of it (a flat
 * battery, a guest that wakes up, a slip of the hand) can be put right first.
 */

/** Milliseconds: a jump that is none of a clock's usual corrections, and how long a clock must stay where it is then. */
export const jump = 24 * 3_600_000
export const settle = 10 * 60_000

export class ClockWatch {
  /** Wall clock, and the steady one at the same moment; null: whatever comes next is believed. */
  #known: { wall: number; steady: number } | null
  #doubtUntil = -Infinity

  /** `last`: the latest moment that is known from before, in milliseconds since 1970; null for none. */
  constructor(last: number | null, steady: number) {
    this.#known = last === null ? null : { wall: last, steady }
  }

  /** A person saw what the clock makes old. */
  believe(): void {
    this.#known = null
    this.#doubtUntil = -Infinity
  }

  /** `wall`: milliseconds since 1970. `steady`: of a clock that nobody sets. */
  isBelieved(wall: number, steady: number): boolean {
    if (this.#known !== null) {
      const off = wall - (this.#known.wall + steady - this.#known.steady)
      if (off > jump) this.#doubtUntil = steady + settle
      else if (off < -jump) this.#doubtUntil = -Infinity
    }
    this.#known = { wall, steady }
    return steady >= this.#doubtUntil
  }
}
