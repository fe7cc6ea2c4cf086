/** Owns: one line at the gate: since when, why, and when it goes by itself. */
import type { Outgoing } from '#shared/smtp/machine/types.ts'
import type { StopReason } from './breakpoint.ts'

export class Held {
  readonly line: Outgoing
  readonly reason: StopReason
  /** Microseconds since the session began, as all times here. */
  readonly since: number
  /** It goes by itself then. */
  goesAt: number | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(line: Outgoing, reason: StopReason, since: number) {
    this.line = line
    this.reason = reason
    this.since = since
  }

  goIn(ms: number, now: number, go: () => void): void {
    this.stop()
    this.goesAt = now + ms * 1000
    this.#timer = setTimeout(go, ms)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
