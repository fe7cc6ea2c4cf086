/**
 * Owns: how many rows of each outcome the box has and how many are unread, counted once and then kept: a count over a
 * hundred thousand rows at each arrival would cost more than the arrival.
 */
import type { DatabaseSync } from 'node:sqlite'
import { type Outcome, outcomes } from '#shared/inbox/outcome.ts'
import type { BoxCounts as Counts, Shown } from '#shared/rpc/contract/inbox.ts'

type PerOutcome = Record<Outcome, { total: number; unread: number }>

const none = (): PerOutcome => ({
  kept: { total: 0, unread: 0 },
  refused: { total: 0, unread: 0 },
  broken: { total: 0, unread: 0 },
  idle: { total: 0, unread: 0 },
})

export const isOutcome = (text: unknown): text is Outcome => outcomes.some((known) => known === text)

export class BoxCounts {
  readonly #count
  /** Null after a change that makes counting anew the simpler way. */
  #known: PerOutcome | null = null

  constructor(db: DatabaseSync) {
    this.#count = db.prepare(
      'SELECT outcome, count(*) AS total, sum(unread) AS unread FROM messages GROUP BY outcome',
    )
  }

  /** One more row, or with -1 one less. */
  add(outcome: Outcome, total: number, unread: number): void {
    if (this.#known === null) return
    this.#known[outcome].total += total
    this.#known[outcome].unread += unread
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

  of(show: Shown): { total: number; unread: number } {
    const all = this.#all()
    if (show !== 'all') return all[show]
    const rows = Object.values(all)
    const sum = (name: 'total' | 'unread') => rows.reduce((found, row) => found + row[name], 0)
    return { total: sum('total'), unread: sum('unread') }
  }

  #all(): PerOutcome {
    if (this.#known !== null) return this.#known
    const counted = none()
    for (const row of this.#count.all()) {
      const { outcome, total, unread } = row
      if (isOutcome(outcome)) counted[outcome] = { total: Number(total), unread: Number(unread) }
    }
    this.#known = counted
    return counted
  }
}
