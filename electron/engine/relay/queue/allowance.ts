/**
 * Owns: what the rules allow the mail of one queue, over whatever ways it goes: connections at once, and messages in a span.
 * Who was refused a connection is woken when one ends, in turn; an idle connection gives way to who has work.
 */
import type { OutboundRules } from '#shared/relay/outbound.ts'
import { Rate } from './rate.ts'

export interface AllowanceUser {
  /** A connection may be allowed now. */
  wake(): void
  /** Closes one idle connection; false when there is none. */
  closeIdle(): boolean
}

export type Allowed = Pick<OutboundRules, 'maxConnections' | 'maxRate'>

export class Allowance {
  #most: number
  #rate: Rate | null
  // Arrays: there may be a hundred thousand of these, with a few ways each.
  /** One for each connection. */
  readonly #users: AllowanceUser[] = []
  readonly #waiting: AllowanceUser[] = []
  /** Lanes that go by it; kept by the registry. */
  lanes = 0

  /** `now`: microseconds, of a clock that is never set. */
  constructor(allowed: Allowed, now: number) {
    this.#most = allowed.maxConnections
    this.#rate = allowed.maxRate === undefined ? null : new Rate(allowed.maxRate, now)
  }

  get most(): number {
    return this.#most
  }

  get rate(): Rate['rule'] | null {
    return this.#rate?.rule ?? null
  }

  /** Somebody waits for a connection to end. */
  get wanted(): boolean {
    return this.#waiting.length > 0
  }

  get isFull(): boolean {
    return this.#users.length >= this.#most
  }

  /** The rules may have changed. What was sent under the old ones counts under the new ones. */
  allow({ maxConnections, maxRate }: Allowed, now: number): void {
    const more = maxConnections > this.#most
    this.#most = maxConnections
    if (maxRate === undefined) this.#rate = null
    else if (this.#rate === null) this.#rate = new Rate(maxRate, now)
    else this.#rate.change(maxRate, now)
    if (more) this.#wakeSome()
  }

  /** Whether a connection may be begun. Else the user is woken when one may. */
  mayConnect(user: AllowanceUser): boolean {
    if (!this.isFull) {
      this.forget(user)
      return true
    }
    if (!this.#waiting.includes(user)) this.#waiting.push(user)
    this.#users.find((one) => one !== user && one.closeIdle())
    return false
  }

  /** A connection is begun. */
  connect(user: AllowanceUser): void {
    this.#users.push(user)
  }

  /** One has ended. */
  ended(user: AllowanceUser): void {
    remove(this.#users, user)
    this.#wakeSome()
  }

  /** Wants none any more. */
  forget(user: AllowanceUser): void {
    remove(this.#waiting, user)
  }

  /** Microseconds until a message may begin; 0: now. */
  left(now: number): number {
    return this.#rate?.left(now) ?? 0
  }

  /** A message begins. */
  spend(now: number): void {
    this.#rate?.spend(now)
  }

  /** Nothing of it matters: one that is made anew would allow no more. */
  isFresh(now: number): boolean {
    return this.#users.length === 0 && this.left(now) === 0
  }

  /** All of them: they are the few ways of one queue, and who is woken may have to wait for its server. */
  #wakeSome(): void {
    if (this.isFull) return
    for (const user of this.#waiting.splice(0)) user.wake()
  }
}

function remove(from: AllowanceUser[], user: AllowanceUser): void {
  const at = from.indexOf(user)
  if (at >= 0) from.splice(at, 1)
}
