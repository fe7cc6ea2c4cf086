/**
 * Owns: message content: its row, its octets, what becomes of it. A small one's octets are in the database as chunks, a large
 * one's in a file (contentFiles.ts). Databases of before have large ones as chunks, too; such a one is removed in pieces: its
 * row says so (`done` 2) until the last piece is gone, over a crash too.
 */
import type { DatabaseSync } from 'node:sqlite'
import { ContentFiles } from './contentFiles.ts'
import { contentsBeside, ContentFolder } from './contentFolder.ts'
import { GoneFiles } from './goneFiles.ts'
import { messageId } from './messageId.ts'
import { RelayTotals } from './relayTotals.ts'
import { chunkSize, rowOf, rowsOf } from './schema.ts'
import { StoreError } from './types.ts'
import type { Bytes, FinishContent, PutChunk } from './wireTypes.ts'

/** Octets: 32 chunks, a few milliseconds. */
const removedAtOnce = 8 << 20

/** A content that has just been finished. */
export interface Finished {
  n: number
  size: number
}

export class ContentRows {
  /** Of the relay's messages that are over. */
  readonly totals: RelayTotals
  readonly files: ContentFiles
  readonly gone: GoneFiles
  readonly #insert
  readonly #insertChunk
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
  readonly #fileOf
  readonly #count
  #last: number
  /** Octets of all files that rows name; null when they have to be counted. */
  #fileOctets: number | null = null
  #held = 0

  constructor(db: DatabaseSync, folder = new ContentFolder(contentsBeside(db.location()))) {
    this.gone = new GoneFiles(db, folder)
    this.files = new ContentFiles(folder, (name) => this.gone.drop(name))
    this.#insert = db.prepare(
      'INSERT INTO contents (n, session, body, size, done, message, relayed, file) VALUES (?, ?, ?, ?, 1, ?, ?, ?)',
    )
    this.#insertChunk = db.prepare('INSERT INTO chunks (row, bytes) VALUES (?, ?)')
    this.#remove = db.prepare('DELETE FROM contents WHERE n = ? RETURNING file, size')
    this.#removeChunks = db.prepare('DELETE FROM chunks WHERE row BETWEEN ? AND ?')
    this.#doom = db.prepare('UPDATE contents SET done = 2, message = NULL, session = ?, body = ? WHERE n = ?')
    this.#doomed = db.prepare('SELECT n, size FROM contents WHERE done = 2 LIMIT 1')
    this.#shrink = db.prepare('UPDATE contents SET size = ? WHERE n = ?')
    this.#has = db.prepare('SELECT size FROM contents WHERE n = ? AND done = 1')
    this.#find = db.prepare(
      'SELECT n, size, message FROM contents WHERE session = ? AND body = ? AND done = 1',
    )
    this.#fileOf = db.prepare('SELECT file, session, body FROM contents WHERE n = ? AND file IS NOT NULL')
    this.#count = db.prepare('SELECT coalesce(sum(size), 0) AS octets FROM contents WHERE file IS NOT NULL')
    this.#chunks = db.prepare('SELECT bytes FROM chunks WHERE row BETWEEN ? AND ? ORDER BY row')
    this.#hold = db.prepare('UPDATE relayMessages SET alone = 1 WHERE n = ? AND open > 0')
    // What is relayed is never a message of the box too, and those alone are found by their session.
    this.#relayed = db.prepare(
      'SELECT count(*) AS n FROM contents WHERE session = ? AND message IS NULL AND relayed = 1',
    )
    this.totals = new RelayTotals(db)
    // A message of the relay may be there longer than its content: its number is not given again.
    const last = 'SELECT max(coalesce((SELECT max(n) FROM contents), 0), coalesce((SELECT max(n) FROM relayMessages), 0)) AS n' // prettier-ignore
    this.#last = Number(db.prepare(last).get()?.['n'] ?? 0)
  }

  /** Outside or inside a transaction: it is none of the database's. */
  chunk(op: PutChunk): void {
    this.files.piece(op)
  }

  /** Nothing of this content is stored yet: what comes with its end is the whole. */
  isNew(writer: number): boolean {
    return !this.files.has(writer)
  }

  /** `message`: number of the message row that this content belongs to. */
  finish(op: FinishContent, message: number | null): Finished {
    const { writer, session, body, relay } = op
    const relayed = relay === undefined ? 0 : 1
    const { file, size, chunks } = this.files.whole(op, message !== null || relay !== undefined)
    const n = ++this.#last
    if (file === null) this.#held += size - op.bytes.byteLength
    for (const [index, chunk] of chunks.entries()) this.#insertChunk.run(rowOf(n, index), chunk)
    this.#insert.run(n, session, body, size, message, relayed, file)
    this.files.take(writer)
    if (file !== null && this.#fileOctets !== null) this.#fileOctets += size
    return { n, size }
  }

  /** Octets of pieces that came before the end of their content and went into rows, since the last call. */
  heldPieces(): number {
    const held = this.#held
    this.#held = 0
    return held
  }

  /** Of a content that has no row. */
  discard(writer: number): void {
    this.files.drop(writer)
  }

  remove(n: number): void {
    this.#removeChunks.run(...rowsOf(n))
    const row = this.#remove.get(n)
    if (row === undefined || row['file'] === null) return
    this.gone.note()
    if (this.#fileOctets !== null) this.#fileOctets -= Number(row['size'])
  }

  /** Many rows have gone at once. */
  cleared(): void {
    this.gone.note()
    this.#fileOctets = null
  }

  /**
   * Out of sight at once; of many chunks the octets go in pieces (`clearAway`). What the relay still has to deliver stays
   * as it is, whoever asks, and is dropped when that is over.
   */
  drop(n: number, size: number): void {
    if (this.#hold.run(n).changes > 0) return
    this.totals.shed(n, size)
    // A session of the same name may come again: its bodies need their names.
    if (size > removedAtOnce && this.#fileOf.get(n) === undefined) this.#doom.run(`removed ${n}`, 0, n)
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

  /** Octets that contents take beside the database. */
  fileOctets(): number {
    this.#fileOctets ??= Number(this.#count.get()?.['octets'])
    return this.#fileOctets
  }

  /** Octets [from, from + size) of a finished content, as far as they go. Throws StoreError `corrupt` where they are lost. */
  read({ n, size: total }: Finished, from: number, size: number): Bytes {
    const end = Math.min(total, from + size)
    if (end <= from) return { bytes: new Uint8Array(0), total }
    // A shorter one is never in a file.
    const inFile = total < chunkSize ? undefined : this.#fileOf.get(n)
    if (inFile !== undefined) {
      const whose = messageId(String(inFile['session']), Number(inFile['body']))
      return { bytes: this.files.folder.read(String(inFile['file']), total, from, end, whose), total }
    }
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
    if (index === lastIndex + 1) return { bytes: whole, total }
    // Removed since it was found: nothing is wrong with the database.
    if (!this.has(n)) throw new StoreError('failed', `Content ${n} was removed.`)
    throw new StoreError('corrupt', `Content ${n} lacks a chunk.`)
  }

  /** Before a transaction is committed; `synced`: it will be on the disk then, with all before it. */
  prepare(synced: boolean): void {
    this.files.syncNames()
    this.gone.prepare(synced)
  }

  committed(synced = true): void {
    this.files.committed()
    this.gone.committed(synced)
  }

  rolledBack(): void {
    this.files.rolledBack()
    this.gone.rolledBack()
    this.#fileOctets = null
    this.totals.rolledBack()
  }

  /** No more will come of what is half here. */
  close(): void {
    this.files.close()
    this.gone.close()
  }
}
