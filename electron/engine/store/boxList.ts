/**
 * Owns: pages of the box. A page begins behind a place in the order (sort value and row), not behind a count of rows,
 * so it neither repeats nor skips rows while mail arrives or goes, and its first row may itself be gone.
 */
import type { DatabaseSync } from 'node:sqlite'
import { outcomes } from '#shared/inbox/outcome.ts'
import type { BoxSort } from '#shared/rpc/contract/inbox.ts'
import type { BoxCounts } from './boxCounts.ts'
import { conditions, where } from './boxQuery.ts'
import { boxColumns, toSummary } from './boxRow.ts'
import type { ContentRows } from './contentRows.ts'
import { senderKey } from './schema.ts'
import { StoreError } from './types.ts'
import type { BoxPage, MessageRows } from './wireTypes.ts'

/** What is sorted by, and which way; the row number settles what is equal. */
const orders: Record<BoxSort, { by: string; way: 'ASC' | 'DESC' }> = {
  newest: { by: 'receivedAt', way: 'DESC' },
  oldest: { by: 'receivedAt', way: 'ASC' },
  size: { by: 'size', way: 'DESC' },
  sender: { by: senderKey, way: 'ASC' },
}

/** These orders have an index for each outcome; the others one for all. */
const perOutcome = new Set<BoxSort>(['size', 'sender'])
/** An outcome of fewer rows than this part of all is found by its index and sorted; else by the order's index, and picked. */
const rareBelow = 8

type Place = [string | number, number]

interface Cut {
  by: string
  way: 'ASC' | 'DESC'
  limit: number
}

const pageSql = (filters: readonly string[], by: string, way: Cut['way']): string =>
  `SELECT ${boxColumns}, ${by} AS place FROM messages ${where(filters)} ORDER BY ${by} ${way}, n ${way} LIMIT ?`

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
  readonly #contents: ContentRows

  constructor(db: DatabaseSync, counts: BoxCounts, contents: ContentRows) {
    this.#db = db
    this.#counts = counts
    this.#contents = contents
  }

  list(page: BoxPage): MessageRows {
    const { sort = 'newest', before, limit, show = 'kept', terms = [] } = page
    const all = this.#counts.of(show)
    const rare = all.total * rareBelow < this.#counts.of('all').total
    const { filters, values } = conditions(page, terms.length === 0 && (rare || perOutcome.has(sort)))
    const total = terms.length === 0 ? all.total : this.#total(filters, values)
    const { by, way } = orders[sort]
    if (before !== undefined) {
      filters.push(`(${by}, n) ${way === 'DESC' ? '<' : '>'} (?, ?)`)
      values.push(...readPlace(before))
    }
    const merged = show === 'all' && terms.length === 0 && perOutcome.has(sort)
    const rows = merged
      ? this.#merged(filters, values, { by, way, limit: limit + 1 })
      : this.#db.prepare(pageSql(filters, by, way)).all(...values, limit + 1)
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

  /** Of each outcome the first by its own index, then the first of those: nothing is sorted but four pages. */
  #merged(filters: readonly string[], values: readonly (string | number)[], { by, way, limit }: Cut) {
    const each = outcomes.map(
      (outcome) => `SELECT * FROM (${pageSql([`outcome = '${outcome}'`, ...filters], by, way)})`,
    )
    return this.#db
      .prepare(`${each.join(' UNION ALL ')} ORDER BY place ${way}, n ${way} LIMIT ?`)
      .all(...outcomes.flatMap(() => [...values, limit]), limit)
  }

  #total(filters: readonly string[], values: readonly (string | number)[]): number {
    const found = this.#db.prepare(`SELECT count(*) AS n FROM messages ${where(filters)}`).get(...values)
    return Number(found?.['n'])
  }

  /** Octets that the database takes, without what is free for new rows, and the contents beside it. */
  #disk(): number {
    const of = (name: string) => Number(this.#db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0)
    return (of('page_count') - of('freelist_count')) * of('page_size') + this.#contents.fileOctets()
  }
}
