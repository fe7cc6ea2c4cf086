/**
 * Owns: the rows of the Inbox in the database. A session that left no message is a row without content whose id is the
 * session's.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { SessionOutcome } from '#shared/inbox/outcome.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { BoxCounts, isOutcome } from './boxCounts.ts'
import { conditions, where } from './boxQuery.ts'
import { boxColumns, tagsOf, toSummary } from './boxRow.ts'
import type { ContentRows, Finished } from './contentRows.ts'
import type { HeadSummary } from './headSummary.ts'
import { messageId, parseMessageId } from './messageId.ts'
import { StoreError } from './types.ts'
import { lastNumber } from './wordPurge.ts'
import type { BoxSearch, BulkAct, FinishContent } from './wireTypes.ts'

/** A message that was stored in this transaction, with its rows' numbers. */
export interface Stored extends Finished {
  message: number
  /** Its header is in the row and in the summary already. */
  read: boolean
  summary: MessageSummary
}

export interface SessionRow {
  session: string
  receivedAt: string
  port: number
}

const unreadHead = { from: '', to: '', subject: '', attachments: 0 }

export class MessageRows {
  readonly #db: DatabaseSync
  readonly #contents: ContentRows
  readonly #insert
  readonly #insertSession
  readonly #head
  readonly #get
  readonly #ofSession
  readonly #unread
  readonly #starred
  readonly #removeText
  readonly #removeRow
  readonly counts: BoxCounts
  #last: number
  /** Sessions that were put since they were taken, for whoever follows the list. */
  #fresh: MessageSummary[] = []
  /** How many of those are committed. */
  #said = 0

  constructor(db: DatabaseSync, contents: ContentRows) {
    this.#db = db
    this.#contents = contents
    this.counts = new BoxCounts(db)
    this.#insert = db.prepare(
      'INSERT INTO messages (n, content, id, session, receivedAt, mailFrom, rcptTo, port, sealed, user, size, fromText, toText, subject, attachments, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.#insertSession = db.prepare(
      `INSERT INTO messages (n, content, id, session, receivedAt, mailFrom, rcptTo, port, sealed, user, size, unread, indexed, subject, attachments, outcome, tags, decided)
       VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 0, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    this.#head = db.prepare(
      'UPDATE messages SET fromText = ?, toText = ?, subject = ?, attachments = ?, tags = ? WHERE n = ?',
    )
    this.#get = db.prepare(`SELECT ${boxColumns} FROM messages WHERE n = ?`)
    this.#ofSession = db.prepare('SELECT n FROM messages WHERE session = ? AND content = 0')
    this.#unread = db.prepare(
      'UPDATE messages SET unread = ?1 WHERE n = ?2 AND unread <> ?1 RETURNING outcome',
    )
    this.#starred = db.prepare('UPDATE messages SET starred = ? WHERE n = ?')
    this.#removeText = db.prepare('INSERT OR IGNORE INTO messagesGone (n) VALUES (?)')
    this.#removeRow = db.prepare('DELETE FROM messages WHERE n = ? RETURNING content, size, outcome, unread, indexed') // prettier-ignore
    this.#last = lastNumber(db, 'messages')
  }

  /** `head`: its header where that was at hand; written with the row, it costs no second write. `tags`: of the row. */
  put(
    op: FinishContent,
    head: HeadSummary | null = null,
    tags = tagsOf(op.message?.rcptTo ?? [], head?.tags ?? []),
  ): Stored {
    const message = op.message
    if (message === null) throw new StoreError('failed', 'Content without an envelope is no message.')
    const n = ++this.#last
    const finished = this.#contents.finish(op, n)
    const id = messageId(op.session, op.body)
    const { receivedAt, mailFrom, rcptTo, port, sealed, user } = message
    const read = head === null ? [null, null, null, null, null] : [head.from, head.to, head.subject, head.attachments, JSON.stringify(tags)] // prettier-ignore
    this.#insert.run(n, finished.n, id, op.session, receivedAt, mailFrom, JSON.stringify(rcptTo), port, sealed ? 1 : 0, user ?? null, finished.size, ...read) // prettier-ignore
    this.counts.add('kept', 1, 1, finished.size)
    const { from, to, subject, attachments } = head ?? unreadHead
    const known = { id, session: op.session, receivedAt, mailFrom, rcptTo, port, sealed, size: finished.size, unread: true } // prettier-ignore
    return {
      ...finished,
      message: n,
      read: head !== null,
      summary: {
        ...known,
        from,
        to,
        subject,
        attachments,
        tags,
        starred: false,
        outcome: 'kept',
        ...(user === undefined ? {} : { user }),
      },
    }
  }

  /** A session that left no message. Answers with its row's number, or null when it stands there already. */
  putSession({ session, receivedAt, port }: SessionRow, found: SessionOutcome): number | null {
    const { outcome, words, phase, client, mailFrom, rcptTo, user, sealed, arrived, declared, decided, seq } =
      found
    const n = ++this.#last
    const why = { phase, words: decided, seq, client, ...(declared === undefined ? {} : { declared }) }
    // Who only looked in is no news.
    const unread = outcome === 'idle' ? 0 : 1
    const put = this.#insertSession.run(n, session, session, receivedAt, mailFrom, JSON.stringify(rcptTo), port, sealed ? 1 : 0, user ?? null, arrived, unread, words, outcome, JSON.stringify(tagsOf(rcptTo, [])), JSON.stringify(why)) // prettier-ignore
    if (put.changes === 0) return null
    this.counts.add(outcome, 1, unread, arrived)
    const row = this.#get.get(n)
    if (row !== undefined) this.#fresh.push(toSummary(row))
    return n
  }

  /** Sessions put since the last call. */
  takeFresh(): MessageSummary[] {
    const fresh = this.#fresh
    this.#fresh = []
    this.#said = 0
    return fresh
  }

  setHead(n: number, head: HeadSummary, rcptTo: readonly string[]): void {
    const tags = JSON.stringify(tagsOf(rcptTo, head.tags))
    this.#head.run(head.from, head.to, head.subject, head.attachments, tags, n)
  }

  mark(ids: readonly string[], change: { unread?: boolean; starred?: boolean }): void {
    for (const n of this.#numbers(ids)) this.#change(n, change)
  }

  /** Removes messages with their content; their sessions stay. */
  remove(ids: readonly string[]): number {
    let removed = 0
    for (const n of this.#numbers(ids)) {
      this.removeRow(n)
      removed++
    }
    return removed
  }

  /** Removes a row with its content; its words leave the index later (wordPurge.ts). */
  removeRow(n: number): void {
    const row = this.#removeRow.get(n)
    if (row === undefined) return
    if (row['indexed'] === 1) this.#removeText.run(n)
    const [content, size] = [Number(row['content']), Number(row['size'])]
    if (isOutcome(row['outcome'])) this.counts.add(row['outcome'], -1, -Number(row['unread']), -size)
    if (content > 0) this.#contents.drop(content, size)
  }

  /** Does it to all that the search finds; answers how many those were. */
  bulk(search: BoxSearch, act: BulkAct): number {
    const { filters, values } = conditions(search)
    // Of a row whose words are not read yet nobody knows that it lacks one.
    if (search.terms?.some(({ kind, not }) => kind === 'words' && not)) filters.push('indexed = 1')
    const rows = this.#db.prepare(`SELECT n FROM messages ${where(filters)}`).all(...values)
    for (const row of rows) {
      const n = Number(row['n'])
      if (act === 'remove') this.removeRow(n)
      else if (act === 'star' || act === 'unstar') this.#change(n, { starred: act === 'star' })
      else this.#change(n, { unread: act === 'unread' })
    }
    return rows.length
  }

  clear(): number {
    const removed = this.counts.of('all').total
    this.#db.exec(`
      DELETE FROM chunks WHERE row / 1048576 IN (SELECT n FROM contents WHERE message IS NOT NULL);
      DELETE FROM contents WHERE message IS NOT NULL;
      DELETE FROM messages;
      DELETE FROM messagesGone;
      INSERT INTO messageText (messageText) VALUES ('delete-all')`)
    this.counts.cleared()
    this.#contents.cleared()
    return removed
  }

  get(id: string): MessageSummary | null {
    const n = this.#number(id)
    const row = n === null ? undefined : this.#get.get(n)
    return row === undefined ? null : toSummary(row)
  }

  committed(): void {
    this.#said = this.#fresh.length
  }

  rolledBack(): void {
    this.#fresh.length = this.#said
    this.counts.forget()
  }

  /** Content of a message; null when it is none of the Inbox. */
  content(id: string): Finished | null {
    const found = this.#content(id)
    return found === null || found.message === null ? null : found
  }

  #change(n: number, { unread, starred }: { unread?: boolean; starred?: boolean }): void {
    if (starred !== undefined) this.#starred.run(starred ? 1 : 0, n)
    if (unread === undefined) return
    const outcome = this.#unread.get(unread ? 1 : 0, n)?.['outcome']
    if (isOutcome(outcome)) this.counts.add(outcome, 0, unread ? 1 : -1)
  }

  #content(id: string): ReturnType<ContentRows['find']> {
    const parsed = parseMessageId(id)
    return parsed === null ? null : this.#contents.find(parsed.session, parsed.body)
  }

  #number(id: string): number | null {
    const message = this.#content(id)?.message
    if (message !== null && message !== undefined) return message
    const session = this.#ofSession.get(id)
    return session === undefined ? null : Number(session['n'])
  }

  *#numbers(ids: readonly string[]): Generator<number> {
    for (const id of ids) {
      const n = this.#number(id)
      if (n !== null) yield n
    }
  }
}
