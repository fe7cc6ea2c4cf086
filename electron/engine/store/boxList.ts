/**
 * Owns: pages of the box. A page begins behind a place in the order (sort value and row), not behind a count of rows,
 * so it neither repeats nor skips rows while mail arrives or goes, and its first row may itself be gone.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { BoxSort } from '#shared/rpc/contract/inbox.ts'
import type { BoxCounts } from './boxCounts.ts'
import { conditions, where } from './boxQuery.ts'
import { boxColumns, toSummary } from './boxRow.ts'
import { StoreError } from './types.ts'
import type { BoxPage, MessageRows } from './wireTypes.ts'

/** What is sorted by, and which way; the row number settles what is equal. */
const orders: Record<BoxSort, { by: string; way: 'ASC' | 'DESC' }> = {
  newest: { by: 'receivedAt', way: 'DESC' },
  oldest: { by: 'receivedAt', way: 'ASC' },
  size: { by: 'size', way: 'DESC' },
  sender: { by: "lower(coalesce(nullif(fromText, ''), nullif(mailFrom, ''), 'zzzz'))", way: 'ASC' },
}

type Place = [string | number, number]

function readPlace(text: string): Place {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value) && value.length === 2) {
      const [key, n]: unknown[] = value
      if ((typeof key === 'string' || typeof key === 'number') && typeof n === 'number') return [key, n]
    }
  } catch {
    // Told below.
  }
  throw new StoreError('failed', `before ${JSON.stringify(text.slice(0, 80))} is none of a page's \`next\`.`)
}

export class BoxList {
  readonly #db: DatabaseSync
  readonly #counts: BoxCounts

  constructor(db: DatabaseSync, counts: BoxCounts) {
    this.#db = db
    this.#counts = counts
  }

  list(page: BoxPage): MessageRows {
    const { sort = 'newest', before, limit, show = 'kept', terms = [] } = page
    const { filters, values } = conditions(page)
    const all = this.#counts.of(show)
    const total = terms.length === 0 ? all.total : this.#total(filters, values)
    const { by, way } = orders[sort]
    if (before !== undefined) {
      filters.push(`(${by}, n) ${way === 'DESC' ? '<' : '>'} (?, ?)`)
      values.push(...readPlace(before))
    }
    const rows = this.#db
      .prepare(
        `SELECT ${boxColumns}, ${by} AS place FROM messages ${where(filters)} ORDER BY ${by} ${way}, n ${way} LIMIT ?`,
      )
      .all(...values, limit + 1)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      items: rows.slice(0, limit).map(toSummary),
      total,
      unread: all.unread,
      counts: this.#counts.totals(),
      disk: this.#disk(),
      ...(last === undefined ? {} : { next: JSON.stringify([last['place'], last['n']]) }),
    }
  }

  #total(filters: readonly string[], values: readonly (string | number)[]): number {
    const found = this.#db.prepare(`SELECT count(*) AS n FROM messages ${where(filters)}`).get(...values)
    return Number(found?.['n'])
  }

  /** Octets that the file takes, without what is free for new rows. */
  #disk(): number {
    const of = (name: string) => Number(this.#db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0)
    return (of('page_count') - of('freelist_count')) * of('page_size')
  }
}
