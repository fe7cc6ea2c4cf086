/**
 * Owns: message content in the database: chunks as they come, the finishing row, what becomes of it. A content whose
 * chunk could not be stored is poisoned: everything later of it fails too, so that no message has a hole. A large one
 * is removed in pieces: its row says so (`done` 2) until the last piece is gone, over a crash too.
 */
import type { DatabaseSync } from 'node:sqlite'
import { RelayTotals } from './relayTotals.ts'
import { chunkSize, rowOf, rowsOf } from './schema.ts'
import { StoreError } from './types.ts'
import type { Bytes, FinishContent, PutChunk } from './wireTypes.ts'

/** Octets: 32 chunks, a few milliseconds. */
const removedAtOnce = 8 << 20

interface OpenContent {
  n: number
  chunks: number
  size: number
}

/** A content that has just been finished. */
export interface Finished {
  n: number
  size: number
}

export class ContentRows {
  /** Of the relay's messages that are over. */
  readonly totals: RelayTotals
  readonly #insert
  readonly #insertChunk
  readonly #finish
  readonly #remove
  readonly #removeChunks
  readonly #doom
  readonly #doomed
  readonly #has
  readonly #shrink
  readonly #hold
  readonly #relayed
  readonly #find
  readonly #chunks
  readonly #open = new Map<number, OpenContent>()
  readonly #poisoned = new Map<number, unknown>()
  /** What `#open` held before this transaction, so that a rollback can restore it. */
  readonly #before = new Map<number, OpenContent | undefined>()
  #last: number

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare(
      'INSERT INTO contents (n, session, body, size, done, message, relayed) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    this.#insertChunk = db.prepare('INSERT INTO chunks (row, bytes) VALUES (?, ?)')
    this.#finish = db.prepare('UPDATE contents SET size = ?, done = 1, message = ?, relayed = ? WHERE n = ?')
    this.#remove = db.prepare('DELETE FROM contents WHERE n = ?')
    this.#removeChunks = db.prepare('DELETE FROM chunks WHERE row BETWEEN ? AND ?')
    this.#doom = db.prepare('UPDATE contents SET done = 2, message = NULL, session = ?, body = ? WHERE n = ?')
    this.#doomed = db.prepare('SELECT n, size FROM contents WHERE done = 2 LIMIT 1')
    this.#shrink = db.prepare('UPDATE contents SET size = ? WHERE n = ?')
    this.#has = db.prepare('SELECT size FROM contents WHERE n = ? AND done = 1')
    this.#find = db.prepare(
      'SELECT n, size, message FROM contents WHERE session = ? AND body = ? AND done = 1',
    )
    this.#chunks = db.prepare('SELECT bytes FROM chunks WHERE row BETWEEN ? AND ? ORDER BY row')
    this.#hold = db.prepare('UPDATE relayMessages SET alone = 1 WHERE n = ? AND open > 0')
    this.#relayed = db.prepare('SELECT count(*) AS n FROM contents WHERE session = ? AND relayed = 1')
    this.totals = new RelayTotals(db)
    // A message of the relay may be there longer than its content: its number is not given again.
    const last = 'SELECT max(coalesce((SELECT max(n) FROM contents), 0), coalesce((SELECT max(n) FROM relayMessages), 0)) AS n' // prettier-ignore
    this.#last = Number(db.prepare(last).get()?.['n'] ?? 0)
  }

  chunk({ writer, session, body, bytes }: PutChunk): void {
    this.#refusePoisoned(writer)
    let open = this.#touch(writer)
    if (open === undefined) {
      open = { n: ++this.#last, chunks: 0, size: 0 }
      this.#insert.run(open.n, session, body, 0, 0, null, 0)
    }
    this.#insertChunk.run(rowOf(open.n, open.chunks), bytes)
    this.#open.set(writer, { n: open.n, chunks: open.chunks + 1, size: open.size + bytes.byteLength })
  }

  /** Nothing of this content is stored yet: what comes with its end is the whole. */
  isNew(writer: number): boolean {
    return !this.#open.has(writer)
  }

  /** `message`: number of the message row that this content belongs to. */
  finish({ writer, session, body, bytes, relay }: FinishContent, message: number | null): Finished {
    const relayed = relay === undefined ? 0 : 1
    this.#refusePoisoned(writer)
    const open = this.#touch(writer)
    const n = open?.n ?? ++this.#last
    const size = (open?.size ?? 0) + bytes.byteLength
    if (bytes.byteLength > 0) this.#insertChunk.run(rowOf(n, open?.chunks ?? 0), bytes)
    if (open === undefined) this.#insert.run(n, session, body, size, 1, message, relayed)
    else this.#finish.run(size, message, relayed, n)
    this.#open.delete(writer)
    return { n, size }
  }

  discard(writer: number): void {
    const open = this.#touch(writer)
    this.#open.delete(writer)
    this.#poisoned.delete(writer)
    if (open !== undefined) this.remove(open.n)
  }

  /** Everything more of this content fails with the same error, until it is discarded or finished (which fails). */
  poison(writer: number, error: unknown): void {
    this.#poisoned.set(writer, error)
  }

  remove(n: number): void {
    this.#removeChunks.run(...rowsOf(n))
    this.#remove.run(n)
  }

  /**
   * Out of sight at once; of a large one the octets go in pieces (`clearAway`). What the relay still has to deliver stays
   * as it is, whoever asks, and is dropped when that is over.
   */
  drop(n: number, size: number): void {
    if (this.#hold.run(n).changes > 0) return
    this.totals.shed(n, size)
    // A session of the same name may come again: its bodies need their names.
    if (size > removedAtOnce) this.#doom.run(`removed ${n}`, 0, n)
    else this.remove(n)
  }

  /** The same where the size is not at hand; what is gone already stays gone. */
  dropNumbered(n: number): void {
    const size = this.#has.get(n)?.['size']
    if (size !== undefined) this.drop(n, Number(size))
  }

  /** How many messages the session gave to the relay whose content is still here, delivered meanwhile or not. */
  relayedOf(session: string): number {
    return Number(this.#relayed.get(session)?.['n'])
  }

  /** Removes a piece of what was dropped; false when nothing is left to do. */
  clearAway(): boolean {
    const row = this.#doomed.get()
    if (row === undefined) return false
    const n = Number(row['n'])
    const chunks = Math.ceil(Number(row['size']) / chunkSize)
    // From the end, so that the number of those left is the row's size again.
    const from = Math.max(0, chunks - removedAtOnce / chunkSize)
    if (from === 0) this.remove(n)
    else {
      this.#removeChunks.run(rowOf(n, from), rowOf(n, chunks))
      this.#shrink.run(from * chunkSize, n)
    }
    return true
  }

  has(n: number): boolean {
    return this.#has.get(n) !== undefined
  }

  find(session: string, body: number): (Finished & { message: number | null }) | null {
    const row = this.#find.get(session, body)
    if (row === undefined) return null
    return { n: Number(row['n']), size: Number(row['size']), message: row['message'] === null ? null : Number(row['message']) } // prettier-ignore
  }

  /** Octets [from, from + size) of a finished content, as far as they go. */
  read({ n, size: total }: Finished, from: number, size: number): Bytes {
    const end = Math.min(total, from + size)
    if (end <= from) return { bytes: new Uint8Array(0), total }
    const whole = new Uint8Array(end - from)
    let index = Math.floor(from / chunkSize)
    const lastIndex = Math.floor((end - 1) / chunkSize)
    for (const row of this.#chunks.iterate(rowOf(n, index), rowOf(n, lastIndex))) {
      const bytes = row['bytes']
      if (!(bytes instanceof Uint8Array))
        throw new StoreError('corrupt', `Content ${n} is not made of octets.`)
      const start = index * chunkSize
      whole.set(bytes.subarray(Math.max(0, from - start), end - start), Math.max(0, start - from))
      index++
    }
    if (index !== lastIndex + 1) throw new StoreError('corrupt', `Content ${n} lacks a chunk.`)
    return { bytes: whole, total }
  }

  committed(): void {
    this.#before.clear()
  }

  rolledBack(): void {
    for (const [writer, open] of this.#before) {
      if (open === undefined) this.#open.delete(writer)
      else this.#open.set(writer, open)
    }
    this.#before.clear()
    this.totals.rolledBack()
  }

  #touch(writer: number): OpenContent | undefined {
    const open = this.#open.get(writer)
    if (!this.#before.has(writer)) this.#before.set(writer, open)
    return open
  }

  #refusePoisoned(writer: number): void {
    if (this.#poisoned.size > 0 && this.#poisoned.has(writer)) throw this.#poisoned.get(writer)
  }
}
