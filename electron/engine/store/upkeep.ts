/** Owns: the size of the files: the log is written back into the database, and free pages are given back to the disk. */
import type { DatabaseSync } from 'node:sqlite'
import { octetsOf } from './opSize.ts'
import type { WriteOp } from './wireTypes.ts'

/** Free pages (of 4 KiB) that stay in the file for new rows, and how many are given back at a time. */
const pagesKept = 4096
const pagesAtOnce = 1024
/**
 * Octets of log at which it is written back though the store is busy. A log that is short is written over and over in the
 * same pages of memory; a long one takes new ones all the time, which costs more than writing back more often, and its
 * writing back is a long wait for everybody. It stays below journal_size_limit (open.ts), or it would be cut and grow again.
 */
const logLimit = 32 << 20
/** Pages of index and header that a commit touches beside its content. */
const commitOverhead = 40 * 1024

/** Octets that the writes add to the log, roughly; of pieces those do that were held until the end of their content (`heldPieces`). */
export function sizeOf(writes: readonly WriteOp[]): number {
  // Pieces alone are no commit.
  let size = writes.length > 0 && writes.every(({ type }) => type === 'chunk') ? 0 : commitOverhead
  for (const op of writes) size += op.type === 'chunk' ? 0 : 512 + octetsOf(op)
  return size
}

export class Upkeep {
  readonly #db: DatabaseSync
  readonly #onFault: (error: unknown) => void
  /** Octets written to the log since it was last written back, roughly. */
  #logged = 0

  constructor(db: DatabaseSync, onFault: (error: unknown) => void) {
    this.#db = db
    this.#onFault = onFault
  }

  wrote(octets: number): void {
    this.#logged += octets
  }

  /** Though the store is busy. */
  get logIsLong(): boolean {
    return this.#logged > logLimit
  }

  get hasLog(): boolean {
    return this.#logged > 0
  }

  /** Returns some free pages to the disk; true while there are more. */
  giveBack(): boolean {
    const free = Number(this.#db.prepare('PRAGMA freelist_count').get()?.['freelist_count'] ?? 0)
    if (free < pagesKept) return false
    this.#db.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`)
    this.#logged += pagesAtOnce * 64
    return true
  }

  checkpoint(mode: 'PASSIVE' | 'TRUNCATE'): void {
    try {
      this.#db.exec(`PRAGMA wal_checkpoint(${mode})`)
    } catch (error) {
      // The log keeps everything; it is tried again when as much has been written once more.
      this.#onFault(error)
    }
    this.#logged = 0
  }
}
