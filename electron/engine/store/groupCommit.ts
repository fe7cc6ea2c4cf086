/**
 * Owns: the group commit. All writes of a turn run in one transaction and share one sync of the disk. When anything in
 * it fails, it is undone and each write gets a transaction of its own, so that one bad write costs the others nothing.
 *
 * Pieces of a content are none of the database's (contentFiles.ts): they are in their file before the turn's transaction
 * begins, and a turn of nothing else has none. Nothing is promised of what the store does by itself (header summaries,
 * search index, the keep rules), which is done again where it is missing: a turn that has nothing else is not synced. The log
 * is one file, so the next sync takes it along. Should a commit fail meanwhile, nobody knows what the disk has of the log,
 * which is read after a crash only as far as it has no gap: it is written back and begun anew before the next commit.
 */
import type { DatabaseSync } from 'node:sqlite'
import { codeOf } from './faults.ts'
import type { Stored } from './messageRows.ts'
import type { Tables } from './tables.ts'
import { StoreError } from './types.ts'
import type { WriteOp } from './wireTypes.ts'

type Numbered = readonly [index: number, op: WriteOp]

/** A write that belongs to the store itself (header summaries, search index): nobody waits for it. */
export type OwnWrite = (tables: Tables) => void

export interface Outcome {
  /** Index of the write and its error. */
  failed: [number, unknown][]
  counts: [number, number][]
  stored: { stored: Stored; first: Uint8Array }[]
  /** Errors of own writes. */
  ownFailed: unknown[]
}

export class GroupCommit {
  readonly #db: DatabaseSync
  readonly #tables: Tables
  readonly #begin
  readonly #commit
  readonly #renew
  /** As the database was opened. */
  #syncing = true
  /** A sync has failed: what was in the log before it may be gone. */
  #doubtful = false

  constructor(db: DatabaseSync, tables: Tables) {
    this.#db = db
    this.#tables = tables
    this.#begin = db.prepare('BEGIN IMMEDIATE')
    this.#commit = db.prepare('COMMIT')
    this.#renew = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  /** Durable when this returns, but for what `failed` names. */
  run(writes: readonly WriteOp[], own: readonly OwnWrite[] = []): Outcome {
    const outcome = fresh()
    const rows = this.#pieces(writes, outcome)
    if (rows.length === 0 && own.length === 0) return outcome
    try {
      this.#prepare(rows.length > 0 || this.#tables.contents.gone.wantsSync)
      const whole = fresh()
      this.#transaction(() => {
        for (const write of own) write(this.#tables)
        for (const row of rows) this.#apply(row, whole)
      })
      return { ...whole, failed: outcome.failed }
    } catch {
      this.#oneByOne(rows, own, outcome)
      return outcome
    }
  }

  /** Writes pieces to their files, and forgets those of contents that were given up; answers with what is the database's. */
  #pieces(writes: readonly WriteOp[], { failed }: Outcome): Numbered[] {
    const rows: Numbered[] = []
    for (const [index, op] of writes.entries()) {
      if (!isPiece(op)) {
        rows.push([index, op])
        continue
      }
      try {
        this.#tables.apply(op)
      } catch (error) {
        failed.push([index, error])
      }
    }
    return rows
  }

  /** Throws where nothing can be promised now. */
  #prepare(full: boolean): void {
    this.#sync(full)
    if (!this.#doubtful) return
    // From the system's memory, which still has what the disk may lack, and synced at its new place.
    if (this.#renew.get()?.['busy'] !== 0) throw new StoreError('failed', 'The log of the database could not be begun anew.') // prettier-ignore
    this.#doubtful = false
  }

  /** Whether commits are synced from now on (https://sqlite.org/pragma.html#pragma_synchronous, for a database with a log). */
  #sync(full: boolean): void {
    if (full === this.#syncing) return
    this.#db.exec(`PRAGMA synchronous = ${full ? 'FULL' : 'NORMAL'}`)
    this.#syncing = full
  }

  #oneByOne(rows: readonly Numbered[], own: readonly OwnWrite[], outcome: Outcome): void {
    for (const write of own) {
      try {
        this.#prepare(true)
        this.#transaction(() => write(this.#tables))
      } catch (error) {
        outcome.ownFailed.push(error)
      }
    }
    for (const row of rows) {
      const [index, op] = row
      const single = fresh()
      try {
        this.#prepare(true)
        this.#transaction(() => this.#apply(row, single))
        outcome.counts.push(...single.counts)
        outcome.stored.push(...single.stored)
      } catch (error) {
        outcome.failed.push([index, error])
        // What is not in a row is nobody's.
        if (op.type === 'finish') this.#tables.contents.discard(op.writer)
      }
    }
  }

  #apply([index, op]: Numbered, outcome: Outcome): void {
    const { count, stored } = this.#tables.apply(op)
    if (count !== undefined) outcome.counts.push([index, count])
    if (stored !== undefined && op.type === 'finish') outcome.stored.push({ stored, first: op.bytes })
  }

  #transaction(work: () => void): void {
    this.#begin.run()
    try {
      work()
      this.#tables.prepare(this.#syncing)
      this.#end()
    } catch (error) {
      this.#rollback()
      throw error
    }
    this.#tables.committed(this.#syncing)
  }

  #end(): void {
    try {
      this.#commit.run()
    } catch (error) {
      // Where there was no room, nothing was lost that is there.
      // A sync that failed tells once, and the system may have let go of what it could not write.
      if (codeOf(error) !== 'full') this.#doubtful = true
      throw error
    }
  }

  /** A full disk may have rolled back already (https://sqlite.org/lang_transaction.html#response_to_errors). */
  #rollback(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
    this.#tables.rolledBack()
  }
}

const isPiece = ({ type }: WriteOp): boolean => type === 'chunk' || type === 'discard'

const fresh = (): Outcome => ({ failed: [], counts: [], stored: [], ownFailed: [] })
