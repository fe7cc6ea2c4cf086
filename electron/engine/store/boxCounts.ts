/**
 * Owns: how many rows of each outcome the box has, how many are unread and what they weigh, counted once and then kept:
 * a count over a hundred thousand rows at each arrival would cost more than the arrival.
 */
import type { DatabaseSync } from 'node:sqlite'
import { type Outcome, outcomes } from '#shared/inbox/outcome.ts'
import type { BoxCounts as Counts, Shown } from '#shared/rpc/contract/inbox.ts'

/** `octets`: of the messages; what arrived of one that was not kept is said in its row and not stored. */
interface Count {
  total: number
  unread: number
  octets: number
}
type PerOutcome = Record<Outcome, Count>

const zero = (): Count => ({ total: 0, unread: 0, octets: 0 })
const none = (): PerOutcome => ({ kept: zero(), refused: zero(), broken: zero(), idle: zero() })

export const isOutcome = (text: unknown): text is Outcome => outcomes.some((known) => known === text)

export class BoxCounts {
  readonly #count
  /** Null after a change that makes counting anew the simpler way. */
  #known: PerOutcome | null = null

  constructor(db: DatabaseSync) {
    this.#count = db.prepare(
      // In the order of the table: by an index each row would be looked up.
      'SELECT outcome, count(*) AS total, sum(unread) AS unread, sum(size) AS octets FROM messages NOT INDEXED GROUP BY outcome',
    )
  }

  /** One more row, or with -1 one less; octets likewise. */
  add(outcome: Outcome, total: number, unread: number, octets = 0): void {
    if (this.#known === null) return
    this.#known[outcome].total += total
    this.#known[outcome].unread += unread
    this.#known[outcome].octets += octets
  }

  forget(): void {
    this.#known = null
  }

  cleared(): void {
    this.#known = none()
  }

  totals(): Counts {
    const { kept, refused, broken, idle } = this.#all()
    return { kept: kept.total, refused: refused.total, broken: broken.total, idle: idle.total }
  }

  /** Octets of all messages that are kept. */
  octets(): number {
    return this.#all().kept.octets
  }

  of(show: Shown): { total: number; unread: number } {
    const all = this.#all()
    if (show !== 'all') return { total: all[show].total, unread: all[show].unread }
    const rows = Object.values(all)
    const sum = (name: 'total' | 'unread') => rows.reduce((found, row) => found + row[name], 0)
    return { total: sum('total'), unread: sum('unread') }
  }

  #all(): PerOutcome {
    if (this.#known !== null) return this.#known
    const counted = none()
    for (const row of this.#count.all()) {
      const { outcome, total, unread, octets } = row
      if (isOutcome(outcome))
        counted[outcome] = { total: Number(total), unread: Number(unread), octets: Number(octets) }
    }
    this.#known = counted
    return counted
  }
}
