/** Owns: ended probes in the database, each with the line that lists it and its whole report, both as JSON. */
import type { DatabaseSync } from 'node:sqlite'
import type { ProbeRow, ProbeSummaryRow } from './types.ts'

/** Newest first; two of the same millisecond in the order of their ends. */
const order = 'ORDER BY startedAt DESC, n DESC'

export class ProbeRows {
  readonly #put
  readonly #list
  readonly #get
  readonly #beyond
  readonly #remove

  constructor(db: DatabaseSync) {
    this.#put = db.prepare(
      'INSERT INTO probes (id, startedAt, summary, report) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET startedAt = excluded.startedAt, summary = excluded.summary, report = excluded.report',
    )
    this.#list = db.prepare(`SELECT id, summary FROM probes ${order} LIMIT ?`)
    this.#get = db.prepare('SELECT report FROM probes WHERE id = ?')
    this.#beyond = db.prepare(`SELECT id FROM probes ${order} LIMIT -1 OFFSET ?`)
    this.#remove = db.prepare('DELETE FROM probes WHERE id = ?')
  }

  put({ id, startedAt, summary, report }: ProbeRow): void {
    this.#put.run(id, startedAt, summary, report)
  }

  list(limit: number): ProbeSummaryRow[] {
    return this.#list.all(limit).map((row) => ({ id: String(row['id']), summary: String(row['summary']) }))
  }

  report(id: string): string | null {
    const row = this.#get.get(id)
    return row === undefined ? null : String(row['report'])
  }

  /** Those that the newest `keep` leave over. */
  beyond(keep: number): string[] {
    return this.#beyond.all(keep).map((row) => String(row['id']))
  }

  remove(ids: readonly string[]): number {
    return ids.reduce((removed, id) => removed + Number(this.#remove.run(id).changes), 0)
  }
}
