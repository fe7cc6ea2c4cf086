/**
 * Owns: the time limits of all sessions with one timer. Ten thousand sessions that set and clear timers for every
 * command would spend more on timers than on mail; limits of minutes do not need more than a look a second.
 */
import type { Clock } from '../ports.ts'

export interface Swept {
  /** `now` in milliseconds, monotonic. */
  sweep(now: number): void
}

export class Sweep {
  readonly #members = new Set<Swept>()
  readonly #clock: Clock
  #timer: NodeJS.Timeout | undefined
  #period: number

  constructor(clock: Clock, period = 1000) {
    this.#clock = clock
    this.#period = period
  }

  /** Monotonic milliseconds. */
  now(): number {
    return this.#clock.micros() / 1000
  }

  /** Looks often enough for limits of `limit` milliseconds, never more often than every 10 ms. */
  suit(limit: number): void {
    const period = Math.min(1000, Math.max(10, Math.floor(limit / 4)))
    if (period === this.#period) return
    this.#period = period
    this.#stop()
    this.#start()
  }

  add(member: Swept): void {
    this.#members.add(member)
    this.#start()
  }

  remove(member: Swept): void {
    this.#members.delete(member)
    if (this.#members.size === 0) this.#stop()
  }

  #start(): void {
    if (this.#timer !== undefined || this.#members.size === 0) return
    this.#timer = setInterval(() => {
      const now = this.now()
      for (const member of this.#members) member.sweep(now)
    }, this.#period)
    this.#timer.unref()
  }

  #stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
