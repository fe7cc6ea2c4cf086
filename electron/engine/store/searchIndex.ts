/**
 * Owns: filling the full-text index while the store is idle. What is not yet in it is marked in the database, so a
 * crash loses nothing. A slice is small: a write that arrives meanwhile waits for one slice at most.
 */
import type { DatabaseSync } from 'node:sqlite'
import { type SessionOutcome, sessionOutcome } from '#shared/inbox/outcome.ts'
import { wordsApart } from '#shared/inbox/wordsApart.ts'
import { SessionSummary } from '#shared/transcript/event.ts'
import { shownText } from '#shared/transcript/shown.ts'
import { bodyText, textLimit } from './bodyText.ts'
import type { ContentRows } from './contentRows.ts'
import type { OwnWrite } from './groupCommit.ts'
import type { SessionRow } from './messageRows.ts'
import type { SessionRows } from './sessionRows.ts'
import { isStoredEvent, storedObjects } from './storedEvents.ts'
import { summarizeContent } from './summaries.ts'
import { TagRules } from './tagRules.ts'
import type { Tables } from './tables.ts'
import { StoreError } from './types.ts'

const sliceSize = 16
/** Octets of content in a slice; the message that goes beyond them is the last. */
const sliceOctets = 256 * 1024
/** Octets of a message that are read for its text. */
const parseLimit = 256 * 1024

const eventsAtEnd = 200

type Row = Record<string, unknown>
interface BoxRow extends SessionRow {
  found: SessionOutcome
}

function recipients(json: string): string[] {
  const list: unknown = JSON.parse(json)
  return Array.isArray(list) ? list.map(String) : []
}
const text = (row: object, name: string): string => {
  const value: unknown = Reflect.get(row, name)
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** What the row in the box is made from. */
const Summary = SessionSummary.pick({ startedAt: true, took: true, port: true, events: true, words: true, messages: true, queued: true, host: true }) // prettier-ignore

/** Lines and replies of stored events as they are shown, and the addresses dialled. */
function wireText(events: readonly object[]): string {
  let all = ''
  for (const event of events) {
    if (all.length > textLimit) break
    const kind = text(event, 'kind')
    if (kind === 'line' || kind === 'reply') all += `${shownText(text(event, 'raw'))}\n`
    else if (kind === 'remark') all += `${text(event, 'text')}\n`
    else if (kind === 'connect') all += `${text(event, 'address')}\n`
    else if (kind === 'resolve' || kind === 'finding')
      all += `${text(event, 'name')} ${text(event, 'code')}\n`
  }
  return all.slice(0, textLimit)
}

const apart = (...columns: string[]): string[] => columns.map(wordsApart)

export class SearchIndex {
  readonly #contents: ContentRows
  readonly #sessions: SessionRows
  readonly #tags: TagRules
  readonly #sessionsTodo
  readonly #messagesTodo
  readonly #insertSession
  readonly #insertMessage
  readonly #sessionDone
  readonly #messageDone

  constructor(db: DatabaseSync, contents: ContentRows, sessions: SessionRows, tags = new TagRules(db)) {
    this.#tags = tags
    this.#contents = contents
    this.#sessions = sessions
    this.#sessionsTodo = db.prepare(
      'SELECT n, id, summary FROM sessions WHERE indexed = 0 AND ended = 1 ORDER BY n LIMIT ?',
    )
    this.#messagesTodo = db.prepare(
      'SELECT n, content, size, mailFrom, rcptTo, fromText, toText, subject FROM messages WHERE indexed = 0 ORDER BY n LIMIT ?',
    )
    this.#insertSession = db.prepare('INSERT INTO sessionText (rowid, host, words, wire) VALUES (?, ?, ?, ?)')
    this.#insertMessage = db.prepare(
      'INSERT INTO messageText (rowid, sender, recipient, subject, body) VALUES (?, ?, ?, ?, ?)',
    )
    // The guard: what was removed while its text was being read must not come back into the index.
    this.#sessionDone = db.prepare('UPDATE sessions SET indexed = 1 WHERE n = ? AND id = ? AND indexed = 0')
    this.#messageDone = db.prepare(
      'UPDATE messages SET indexed = 1 WHERE n = ? AND content = ? AND indexed = 0',
    )
  }

  /** Reads the next slice and answers with the writes that index it; none when everything is indexed. */
  async slice(): Promise<OwnWrite[]> {
    const writes = this.#sessionsTodo.all(sliceSize).map((row) => this.#session(row))
    let octets = 0
    for (const row of this.#messagesTodo.all(sliceSize)) {
      if (octets > sliceOctets) break
      octets += Math.min(Number(row['size']), parseLimit)
      writes.push(await this.#message(row).catch((error: unknown) => this.#damaged(row, error)))
    }
    return writes
  }

  #session(row: Row): OwnWrite {
    const n = Number(row['n'])
    const id = text(row, 'id')
    const summary = storedObjects([text(row, 'summary')])[0] ?? {}
    const host = `${text(summary, 'host')} ${text(summary, 'port')} ${text(summary, 'title')}`
    const words = `${text(summary, 'words')} ${text(summary, 'source')}`
    const lines = this.#sessions.read(id, 0, 500).flatMap((segment) => segment.lines.split('\n'))
    const events = storedObjects(lines)
    const wire = wireText(events)
    const box = text(summary, 'source') === 'server' ? this.#boxRow(id, summary, lines.length, events) : null
    return (tables) => {
      if (this.#sessionDone.run(n, id).changes === 0) return
      this.#insertSession.run(n, ...apart(host, words, wire))
      if (box !== null) this.#putBox(tables, box)
    }
  }

  /**
   * Null when it left messages, here or with the relay, and nothing beside them; or when its events cannot be read: the
   * dialogue itself is still there.
   */
  #boxRow(id: string, json: object, read: number, first: readonly object[]): BoxRow | null {
    const summary = Summary.safeParse(json)
    if (!summary.success) return null
    const { startedAt, took, port, events } = summary.data
    // Of a long session the first events and the last: between them nothing is decided.
    const last = events > read ? storedObjects(this.#lastLines(id, Math.max(read, events - eventsAtEnd))) : []
    const whole = [...first, ...last].filter(isStoredEvent)
    // After a crash the database knows of more than the summary does.
    const queued = Math.max(summary.data.queued ?? 0, this.#contents.relayedOf(id))
    const found = sessionOutcome({ ...summary.data, queued }, whole)
    const receivedAt = new Date(Date.parse(startedAt) + took / 1000).toISOString()
    return found === null ? null : { session: id, receivedAt, port, found }
  }

  #lastLines(id: string, after: number): string[] {
    return this.#sessions
      .read(id, after, eventsAtEnd)
      .flatMap(({ first, lines }) => lines.split('\n').slice(Math.max(0, after + 1 - first)))
  }

  #putBox(tables: Tables, row: BoxRow): void {
    const n = tables.messages.putSession(row, row.found)
    if (n === null) return
    const { client, mailFrom, rcptTo, words, decided, user = '' } = row.found
    this.#insertMessage.run(
      n,
      ...apart(`${client} ${mailFrom}`, rcptTo.join(' '), words, `${decided} ${user}`),
    )
  }

  /** One message that lacks something must not keep those behind it out of the index; who opens it is told. */
  #damaged(row: Row, error: unknown): OwnWrite {
    if (!(error instanceof StoreError || error instanceof SyntaxError)) throw error
    return () => void this.#messageDone.run(Number(row['n']), Number(row['content']))
  }

  async #message(row: Row): Promise<OwnWrite> {
    const [n, content, size] = [Number(row['n']), Number(row['content']), Number(row['size'])]
    const stored = { n: content, size }
    // It may have been removed while the one before was parsed; where the row is still there the content is lost.
    if (!this.#contents.has(content)) return () => void this.#messageDone.run(n, content)
    const body = await bodyText(this.#contents.read(stored, 0, parseLimit).bytes)
    const rcptTo = recipients(text(row, 'rcptTo'))
    // A crash came between the commit and the reading of the header.
    const { headers, suffix } = this.#tags.rules()
    const late = row['subject'] === null ? summarizeContent(this.#contents, stored, null, headers) : null
    const [from, to, subject] =
      late === null
        ? [text(row, 'fromText'), text(row, 'toText'), text(row, 'subject')]
        : [late.from, late.to, late.subject]
    return (tables) => {
      if (this.#messageDone.run(n, content).changes === 0) return
      if (late !== null) tables.messages.setHead(n, late, suffix ? rcptTo : [])
      const [sender, recipient] = [`${from} ${text(row, 'mailFrom')}`, `${to} ${rcptTo.join(' ')}`]
      this.#insertMessage.run(n, ...apart(sender, recipient, subject, body))
    }
  }
}
