/** Owns: one session's time limits as three numbers, looked at by the sweep. */

export type Deadline = 'idle' | 'session' | 'patience'

const never = Number.POSITIVE_INFINITY

export class Deadlines {
  #idle = never
  #session = never
  #patience = never

  /** `at` in monotonic milliseconds. `patience` is for a handshake, or for the client to close its side. */
  set(deadline: Deadline, at: number): void {
    if (deadline === 'idle') this.#idle = at
    else if (deadline === 'session') this.#session = at
    else this.#patience = at
  }

  clear(deadline: Deadline): void {
    this.set(deadline, never)
  }

  /** What is over at `now`, and is told once; the hardest first. */
  due(now: number): Deadline | null {
    const over =
      now >= this.#patience
        ? 'patience'
        : now >= this.#session
          ? 'session'
          : now >= this.#idle
            ? 'idle'
            : null
    if (over !== null) this.clear(over)
    return over
  }
}
