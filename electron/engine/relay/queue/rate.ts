/**
 * Owns: a rule of the policy about a rate: when the next message may begin, so that never more than it says begin in any such
 * span. Reckoned by the moment at which all that began would have been due (a leaky bucket), so that a rule that replaces
 * another one goes on from what was sent under that. Pure: the time is given in, microseconds.
 */
import type { OutboundRules } from '#shared/relay/outbound.ts'

export type RateRule = NonNullable<OutboundRules['maxRate']>

/** Microseconds' worth of messages that may gather while nothing is sent; more than one makes a burst, which counts too. */
const burst = 100_000

interface Pace {
  /** Between two messages. */
  each: number
  /** How far the next one may be ahead of its time. */
  ahead: number
}

function paceOf({ messages, per }: RateRule): Pace {
  const span = per * 1000
  const each = span / messages
  if (burst <= each) return { each, ahead: 0 }
  const slower = (span + burst) / messages
  return { each: slower, ahead: Math.max(0, burst - slower) }
}

export class Rate {
  #rule: RateRule
  #pace: Pace
  /** When the next message would be due at an even pace. */
  #due: number
  #last = -Infinity

  /** One message may begin at once. */
  constructor(rule: RateRule, now: number) {
    this.#rule = rule
    this.#pace = paceOf(rule)
    this.#due = now + this.#pace.ahead
  }

  get rule(): RateRule {
    return this.#rule
  }

  /** From now on by another rule: what began before counts as one message of it, and nothing has gathered. */
  change(rule: RateRule, now: number): void {
    if (rule.messages === this.#rule.messages && rule.per === this.#rule.per) return
    this.#rule = rule
    this.#pace = paceOf(rule)
    this.#due = Math.max(now, this.#last + this.#pace.each) + this.#pace.ahead
  }

  /** Microseconds until a message may begin; 0: now. */
  left(now: number): number {
    const left = this.#due - this.#pace.ahead - now
    return left > 0 ? Math.ceil(left) : 0
  }

  /** A message begins. */
  spend(now: number): void {
    this.#last = now
    this.#due = Math.max(now, this.#due) + this.#pace.each
  }
}
