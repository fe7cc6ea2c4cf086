/** Owns: one session's time limits as three numbers, looked at by the sweep. */
import type { TimerName } from '#shared/smtp/machine/types.ts'

export type Deadline = 'idle' | 'session' | 'patience'

/** Milliseconds for a TLS handshake, and for a client to close its side after we closed ours. */
export const handshakeLimit = 30_000
export const lingerLimit = 2000
/** Milliseconds until silence is looked at again after the disk held the session. */
export const lookAgain = 1000

const never = Number.POSITIVE_INFINITY

export class Deadlines {
  #idle = never
  #session = never
  #patience = never

  /**
   * `at` in monotonic milliseconds. `patience` is for a handshake, or for the client to close its side; of the machine's
   * timers the client's own are never set by a server.
   */
  set(deadline: Deadline | TimerName, at: number): void {
    if (deadline === 'idle') this.#idle = at
    else if (deadline === 'session') this.#session = at
    else if (deadline === 'patience') this.#patience = at
  }

  clear(deadline: Deadline | TimerName): void {
    this.set(deadline, never)
  }

  /** The session's own limit moves by so many milliseconds: a person was waited for meanwhile. */
  postpone(ms: number): void {
    this.#session += ms
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
