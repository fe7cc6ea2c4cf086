/** Owns: attempts to relay, with their traces, and reports that came in: the newest of each, in the order in which they came. */
import type { DatabaseSync } from 'node:sqlite'
import { packed, unpacked } from './packedText.ts'
import { readPlace } from './relayColumns.ts'
import type { AttemptText, JsonPage, RelayRead, RelayWrite } from './relayWireTypes.ts'

/** Rows of each kind that are shown; some more are in the database until a step removes them. */
export const attemptsKept = 5000
export const reportsKept = 5000
const removedAtOnce = 128

type Query<K extends RelayRead['type']> = Extract<RelayRead, { type: K }>

/** A table whose rows are numbered as they come; of which the newest `kept` count. */
class Newest {
  readonly #ends
  readonly #remove
  readonly #kept: number
  first: number
  last: number

  constructor(db: DatabaseSync, table: string, kept: number) {
    this.#kept = kept
    this.#ends = db.prepare(`SELECT coalesce((SELECT min(n) FROM ${table}), 1) AS first, coalesce((SELECT max(n) FROM ${table}), 0) AS last`) // prettier-ignore
    this.#remove = db.prepare(`DELETE FROM ${table} WHERE n < ?`)
    this.first = 1
    this.last = 0
    this.look()
  }

  look(): void {
    const row = this.#ends.get()
    this.first = Number(row?.['first'])
    this.last = Number(row?.['last'])
  }

  /** Rows of lower numbers are as good as gone. */
  get from(): number {
    return Math.max(this.first, this.last - this.#kept + 1)
  }

  step(): boolean {
    if (this.first >= this.from) return false
    this.first = Math.min(this.from, this.first + removedAtOnce)
    this.#remove.run(this.first)
    return true
  }
}

function toPage(rows: readonly Record<string, unknown>[], limit: number): JsonPage {
  const shown = rows.slice(0, limit).map((row) => ({ name: String(row['n']), json: unpacked(row['json']) }))
  const last = shown.at(-1)
  return { rows: shown, ...(rows.length > limit && last !== undefined ? { next: last.name } : {}) }
}

export class RelayLog {
  readonly #attempts
  readonly #reports
  readonly #putAttempt
  readonly #putReport
  readonly #replaceReport
  readonly #all
  readonly #refused
  readonly #allReports
  readonly #reportsOf

  constructor(db: DatabaseSync) {
    this.#attempts = new Newest(db, 'relayAttempts', attemptsKept)
    this.#reports = new Newest(db, 'relayReports', reportsKept)
    this.#putAttempt = db.prepare('INSERT INTO relayAttempts (n, refused, json) VALUES (?, ?, ?)')
    this.#putReport = db.prepare('INSERT INTO relayReports (id, leg, json, n) VALUES (?, ?, ?, ?)')
    this.#replaceReport = db.prepare('UPDATE relayReports SET leg = ?, json = ? WHERE id = ?')
    const page = (table: string, only = '') =>
      db.prepare(`SELECT n, json FROM ${table} WHERE n >= ? AND n < ?${only} ORDER BY n DESC LIMIT ?`)
    this.#all = page('relayAttempts')
    this.#refused = page('relayAttempts', ' AND refused = 1')
    this.#allReports = page('relayReports')
    this.#reportsOf = page('relayReports', ' AND leg = ?')
  }

  putAttempts(rows: readonly AttemptText[]): void {
    for (const { refused, json } of rows)
      this.#putAttempt.run(++this.#attempts.last, refused ? 1 : 0, packed(json))
  }

  /** Replaces the one of this id. */
  putReport({ id, leg, json }: Extract<RelayWrite, { type: 'putReport' }>): void {
    if (this.#replaceReport.run(leg, json, id).changes > 0) return
    this.#putReport.run(id, leg, json, ++this.#reports.last)
  }

  /** Newest first. */
  attempts({ before, limit, refused }: Query<'listAttempts'>): JsonPage {
    const rows = refused ? this.#refused : this.#all
    return toPage(rows.all(this.#attempts.from, readPlace(before), limit + 1), limit)
  }

  /** Newest first. */
  reports({ before, limit, leg }: Query<'listReports'>): JsonPage {
    const { from } = this.#reports
    const place = readPlace(before)
    const rows = leg === undefined ? this.#allReports.all(from, place, limit + 1) : this.#reportsOf.all(from, place, leg, limit + 1) // prettier-ignore
    return toPage(rows, limit)
  }

  /** Removes a few of those that are too old; false when there are none. */
  step(): boolean {
    return this.#attempts.step() || this.#reports.step()
  }

  rolledBack(): void {
    this.#attempts.look()
    this.#reports.look()
  }
}
