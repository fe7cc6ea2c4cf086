/** Owns: one line at the gate: since when, why, and when it goes by itself. */
import type { Outgoing } from '#shared/smtp/machine/types.ts'
import type { StopReason } from './breakpoint.ts'

/** Microseconds; shorter than any person decides. */
const moment = 100_000

export class Held {
  readonly line: Outgoing
  readonly reason: StopReason
  /** Microseconds since the session began, as all times here. */
  since: number
  /** Replies that are awaited to lines said before this one while it was held: their time is the other side's. */
  #owed = 0
  /** It goes by itself then. */
  goesAt: number | undefined
  #interrupted = false
  #timer: NodeJS.Timeout | undefined

  constructor(line: Outgoing, reason: StopReason, since: number) {
    this.line = line
    this.reason = reason
    this.since = since
  }

  /** A line was said before this one: what was waited up to `now` has been recorded. */
  added(now: number, answered: boolean): void {
    this.since = now
    if (answered) this.#owed++
  }

  /** A reply came at `now`; where it answers what was added, a person's time begins again with it. */
  replied(now: number): void {
    if (this.#owed === 0) return
    this.#owed--
    this.since = now
  }

  /** The other side spoke by itself at `now`; what was waited up to then has been recorded. */
  interrupted(now: number): void {
    this.since = now
    this.#interrupted = true
  }

  /** What was held is recorded already, but for the moment in which the other side left with what it said. */
  toldUntil(now: number): boolean {
    return this.#interrupted && now - this.since < moment
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
