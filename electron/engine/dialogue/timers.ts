/** Owns: the named timers a machine asks for. One of each name at a time; arming again starts it anew. */
import type { TimerName } from '#shared/smtp/machine/types.ts'

export class Timers {
  readonly #running = new Map<TimerName, NodeJS.Timeout>()
  readonly #elapsed: (timer: TimerName) => void

  constructor(elapsed: (timer: TimerName) => void) {
    this.#elapsed = elapsed
  }

  arm(timer: TimerName, ms: number): void {
    this.disarm(timer)
    const handle = setTimeout(() => {
      this.#running.delete(timer)
      this.#elapsed(timer)
    }, ms)
    this.#running.set(timer, handle)
  }

  disarm(timer: TimerName): void {
    clearTimeout(this.#running.get(timer))
    this.#running.delete(timer)
  }

  clear(): void {
    for (const handle of this.#running.values()) clearTimeout(handle)
    this.#running.clear()
  }
}
