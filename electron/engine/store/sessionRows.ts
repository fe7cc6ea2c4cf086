/** Owns: sessions and their events in the database. Events are appended as segments: the text of many events in one row. */
import type { DatabaseSync } from 'node:sqlite'
import type { ContentRows } from './contentRows.ts'
import { rowOf, rowsOf } from './schema.ts'
import { searchText } from './searchText.ts'
import { StoreError } from './types.ts'
import { lastNumber } from './wordPurge.ts'
import type { PutTranscript, ReadOp, Segment, TranscriptRows } from './wireTypes.ts'

interface Known {
  n: number
  /** Number of the last event stored. */
  events: number
  segments: number
}
type ListQuery = Extract<ReadOp, { type: 'listTranscripts' }>

const knownAtMost = 10_000

const where = (filters: readonly string[]): string =>
  filters.length > 0 ? `WHERE ${filters.join(' AND ')}` : ''

export class SessionRows {
  readonly #db: DatabaseSync
  readonly #contents: ContentRows
  readonly #insert
  readonly #update
  readonly #find
  readonly #insertSegment
  readonly #segments
  /** Sessions written to lately, so that a live one is not looked up at each flush. Cleared by a rollback. */
  readonly #known = new Map<string, Known>()
  #last: number

  constructor(db: DatabaseSync, contents: ContentRows) {
    this.#db = db
    this.#contents = contents
    this.#insert = db.prepare(
      'INSERT INTO sessions (n, id, source, ended, events, segments, summary, octets, loose) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.#last = lastNumber(db, 'sessions')
    this.#update = db.prepare(
      'UPDATE sessions SET ended = ?, events = ?, segments = ?, summary = ?, octets = octets + ? WHERE n = ?',
    )
    this.#find = db.prepare('SELECT n, events, segments, summary FROM sessions WHERE id = ?')
    this.#insertSegment = db.prepare('INSERT INTO segments (row, first, count, lines) VALUES (?, ?, ?, ?)')
    this.#segments = db.prepare(
      'SELECT first, count, lines FROM segments WHERE row BETWEEN ? AND ? AND first + count > ? ORDER BY row',
    )
  }

  /** Events stored already are an error; a gap is not: the reader is told what is missing. */
  put(op: PutTranscript): void {
    const known = this.#look(op.id)
    if (op.count > 0 && known !== undefined && op.first <= known.events) {
      throw new StoreError(
        'failed',
        `Session ${op.id} has event ${known.events} already; ${op.first} cannot follow.`,
      )
    }
    const events = op.count > 0 ? op.first + op.count - 1 : (known?.events ?? 0)
    const segments = (known?.segments ?? 0) + (op.count > 0 ? 1 : 0)
    const ended = op.ended ? 1 : 0
    let n = known?.n
    if (n === undefined) {
      n = ++this.#last
      // A delivery's dialogue stays while a leg points to it (looseSessions.ts).
      const loose = op.source === 'relay' ? 1 : 0
      this.#insert.run(n, op.id, op.source, ended, events, segments, op.summary, op.lines.length, loose)
    } else this.#update.run(ended, events, segments, op.summary, op.lines.length, n)
    if (op.count > 0) this.#insertSegment.run(rowOf(n, segments - 1), op.first, op.count, op.lines)
    if (op.ended) this.#known.delete(op.id)
    else this.#remember(op.id, { n, events, segments })
  }

  /** Removes sessions with their events and bodies, their words later (wordPurge.ts); a body that is a message of the Inbox stays with the message. */
  remove(ids: readonly string[]): number {
    const bodies = this.#db.prepare(
      'SELECT n, size FROM contents WHERE session = ? AND message IS NULL AND done = 1',
    )
    const events = this.#db.prepare('DELETE FROM segments WHERE row BETWEEN ? AND ?')
    const head = this.#db.prepare('DELETE FROM sessions WHERE n = ?')
    const words = this.#db.prepare('INSERT OR IGNORE INTO sessionsGone (n) VALUES (?)')
    let removed = 0
    for (const id of ids) {
      const known = this.#look(id)
      if (known === undefined) continue
      for (const row of bodies.all(id)) this.#contents.drop(Number(row['n']), Number(row['size']))
      events.run(...rowsOf(known.n))
      head.run(known.n)
      words.run(known.n)
      this.#known.delete(id)
      removed++
    }
    return removed
  }

  list({ text, source, before, limit }: ListQuery): TranscriptRows {
    // A file that is still being read is not in the list yet.
    const filters = ["NOT (source = 'import' AND ended = 0)"]
    const values: string[] = []
    if (source !== undefined) {
      filters.push('source = ?')
      values.push(source)
    }
    if (text !== undefined && text.trim() !== '') {
      const words = searchText(text)
      if (words === null) return { items: [], total: 0 }
      filters.push('n IN (SELECT rowid FROM sessionText WHERE sessionText MATCH ?)')
      values.push(words)
    }
    const total = this.#db.prepare(`SELECT count(*) AS n FROM sessions ${where(filters)}`).get(...values)
    const paged = before === undefined ? filters : [...filters, 'id < ?']
    const rows = this.#db
      .prepare(`SELECT id, summary FROM sessions ${where(paged)} ORDER BY id DESC LIMIT ?`)
      .all(...values, ...(before === undefined ? [] : [before]), limit + 1)
    const page = rows.slice(0, limit)
    const items = page.map((row) => String(row['summary']))
    const next = rows.length > limit ? { next: String(page.at(-1)?.['id']) } : {}
    return { items, total: Number(total?.['n']), ...next }
  }

  summary(id: string): string | null {
    const row = this.#find.get(id)
    return row === undefined ? null : String(row['summary'])
  }

  /** Segments that hold events numbered above `after`, until `max` events are covered. */
  read(id: string, after: number, max: number): Segment[] {
    const known = this.#look(id)
    if (known === undefined) return []
    const segments: Segment[] = []
    let covered = 0
    for (const row of this.#segments.iterate(...rowsOf(known.n), after + 1)) {
      const segment = {
        first: Number(row['first']),
        count: Number(row['count']),
        lines: String(row['lines']),
      }
      segments.push(segment)
      covered += segment.first + segment.count - 1 - Math.max(after, segment.first - 1)
      if (covered >= max) break
    }
    return segments
  }

  rolledBack(): void {
    this.#known.clear()
  }

  #look(id: string): Known | undefined {
    const known = this.#known.get(id)
    if (known !== undefined) return known
    const row = this.#find.get(id)
    if (row === undefined) return undefined
    return { n: Number(row['n']), events: Number(row['events']), segments: Number(row['segments']) }
  }

  #remember(id: string, known: Known): void {
    // A Map keeps insertion order: setting anew makes this one the youngest, the first is the oldest.
    this.#known.delete(id)
    this.#known.set(id, known)
    if (this.#known.size <= knownAtMost) return
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest)
      return
    }
  }
}
