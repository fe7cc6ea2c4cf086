/** Owns: messages of the Inbox in the database. A message's id is its session and body: `SESSION.BODY`. */
import type { DatabaseSync } from 'node:sqlite'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import type { ContentRows, Finished } from './contentRows.ts'
import type { HeadSummary } from './headSummary.ts'
import { searchText } from './searchText.ts'
import { StoreError } from './types.ts'
import type { FinishContent, MessageRows as Rows, Page } from './wireTypes.ts'

export const messageId = (session: string, body: number): string => `${session}.${body}`

/** Session and body of a message's id, or null when it is none. */
export function parseMessageId(id: string): { session: string; body: number } | null {
  const found = /^(.+)\.(\d{1,9})$/s.exec(id)
  return found === null ? null : { session: found[1]!, body: Number(found[2]) }
}

type Row = Record<string, unknown>
const text = (row: Row, name: string): string => (typeof row[name] === 'string' ? row[name] : '')
const columns =
  'n, id, session, receivedAt, mailFrom, rcptTo, port, sealed, user, size, unread, fromText, toText, subject, attachments'

function recipients(json: string): string[] {
  const list: unknown = JSON.parse(json)
  return Array.isArray(list) ? list.map(String) : []
}

export function toSummary(row: Row): MessageSummary {
  return {
    id: text(row, 'id'),
    session: text(row, 'session'),
    receivedAt: text(row, 'receivedAt'),
    mailFrom: text(row, 'mailFrom'),
    rcptTo: recipients(text(row, 'rcptTo')),
    from: text(row, 'fromText'),
    to: text(row, 'toText'),
    subject: text(row, 'subject'),
    size: Number(row['size']),
    attachments: Number(row['attachments'] ?? 0),
    unread: row['unread'] === 1,
    port: Number(row['port']),
    sealed: row['sealed'] === 1,
    ...(typeof row['user'] === 'string' ? { user: row['user'] } : {}),
  }
}

/** A message that was stored in this transaction, with its rows' numbers. */
export interface Stored extends Finished {
  message: number
  summary: MessageSummary
}

export class MessageRows {
  readonly #db: DatabaseSync
  readonly #contents: ContentRows
  readonly #insert
  readonly #head
  readonly #get
  #last: number
  /** Counted once, then kept; null after a change that makes counting anew the simpler way. */
  #counts: { total: number; unread: number } | null = null

  constructor(db: DatabaseSync, contents: ContentRows) {
    this.#db = db
    this.#contents = contents
    this.#insert = db.prepare(
      'INSERT INTO messages (n, content, id, session, receivedAt, mailFrom, rcptTo, port, sealed, user, size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.#head = db.prepare(
      'UPDATE messages SET fromText = ?, toText = ?, subject = ?, attachments = ? WHERE n = ?',
    )
    this.#get = db.prepare(`SELECT ${columns} FROM messages WHERE n = ?`)
    this.#last = Number(db.prepare('SELECT max(n) AS n FROM messages').get()?.['n'] ?? 0)
  }

  put(op: FinishContent): Stored {
    const message = op.message
    if (message === null) throw new StoreError('failed', 'Content without an envelope is no message.')
    const n = ++this.#last
    const finished = this.#contents.finish(op, n)
    const id = messageId(op.session, op.body)
    const { receivedAt, mailFrom, rcptTo, port, sealed, user } = message
    this.#insert.run(n, finished.n, id, op.session, receivedAt, mailFrom, JSON.stringify(rcptTo), port, sealed ? 1 : 0, user ?? null, finished.size) // prettier-ignore
    if (this.#counts !== null) {
      this.#counts.total++
      this.#counts.unread++
    }
    const head = { from: '', to: '', subject: '', attachments: 0 }
    const known = { id, session: op.session, receivedAt, mailFrom, rcptTo, port, sealed, size: finished.size, unread: true } // prettier-ignore
    return {
      ...finished,
      message: n,
      summary: { ...known, ...head, ...(user === undefined ? {} : { user }) },
    }
  }

  setHead(n: number, head: HeadSummary): void {
    this.#head.run(head.from, head.to, head.subject, head.attachments, n)
  }

  mark(ids: readonly string[], unread: boolean): void {
    const update = this.#db.prepare('UPDATE messages SET unread = ? WHERE n = ?')
    for (const n of this.#numbers(ids)) update.run(unread ? 1 : 0, n)
    this.#counts = null
  }

  /** Removes messages with their content; their sessions stay. */
  remove(ids: readonly string[]): number {
    const removals = ['DELETE FROM messages WHERE n = ?', 'DELETE FROM messageText WHERE rowid = ?'].map((sql) => this.#db.prepare(sql)) // prettier-ignore
    let removed = 0
    for (const id of ids) {
      const content = this.#content(id)
      if (content === null || content.message === null) continue
      for (const removal of removals) removal.run(content.message)
      this.#contents.remove(content.n)
      removed++
    }
    this.#counts = null
    return removed
  }

  clear(): number {
    const removed = this.#count().total
    this.#db.exec(`
      DELETE FROM chunks WHERE row / 1048576 IN (SELECT n FROM contents WHERE message IS NOT NULL);
      DELETE FROM contents WHERE message IS NOT NULL;
      DELETE FROM messages;
      INSERT INTO messageText (messageText) VALUES ('delete-all')`)
    this.#counts = { total: 0, unread: 0 }
    return removed
  }

  list({ text: words, before, limit }: Page): Rows {
    const filters: string[] = []
    const values: (string | number)[] = []
    const { total: all, unread } = this.#count()
    let total = all
    if (words !== undefined && words.trim() !== '') {
      const query = searchText(words)
      if (query === null) return { items: [], total: 0, unread }
      filters.push('n IN (SELECT rowid FROM messageText WHERE messageText MATCH ?)')
      values.push(query)
      const found = this.#db
        .prepare('SELECT count(*) AS n FROM messageText WHERE messageText MATCH ?')
        .get(query)
      total = Number(found?.['n'])
    }
    if (before !== undefined) {
      filters.push('n < ?')
      values.push(this.#content(before)?.message ?? 0)
    }
    const where = filters.length > 0 ? `WHERE ${filters.join(' AND ')}` : ''
    const rows = this.#db
      .prepare(`SELECT ${columns} FROM messages ${where} ORDER BY n DESC LIMIT ?`)
      .all(...values, limit + 1)
    const items = rows.slice(0, limit).map(toSummary)
    return { items, total, unread, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
  }

  get(id: string): MessageSummary | null {
    const n = this.#content(id)?.message
    const row = n === null || n === undefined ? undefined : this.#get.get(n)
    return row === undefined ? null : toSummary(row)
  }

  rolledBack(): void {
    this.#counts = null
  }

  /** Content of a message; null when it is none of the Inbox. */
  content(id: string): Finished | null {
    const found = this.#content(id)
    return found === null || found.message === null ? null : found
  }

  #content(id: string): ReturnType<ContentRows['find']> {
    const parsed = parseMessageId(id)
    return parsed === null ? null : this.#contents.find(parsed.session, parsed.body)
  }

  *#numbers(ids: readonly string[]): Generator<number> {
    for (const id of ids) {
      const n = this.#content(id)?.message
      if (n !== null && n !== undefined) yield n
    }
  }

  #count(): { total: number; unread: number } {
    if (this.#counts === null) {
      const row = this.#db
        .prepare('SELECT count(*) AS total, coalesce(sum(unread), 0) AS unread FROM messages')
        .get()
      this.#counts = { total: Number(row?.['total']), unread: Number(row?.['unread']) }
    }
    return this.#counts
  }
}
