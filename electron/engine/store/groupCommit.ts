/**
 * Owns: the group commit. All writes of a turn run in one transaction and share one sync of the disk. When anything in
 * it fails, it is undone and each write gets a transaction of its own, so that one bad write costs the others nothing.
 *
 * Nothing is promised of pieces of a content that is not whole yet, nor of what the store does by itself (header summaries,
 * search index, the keep rules), which is done again where it is missing: a turn that has nothing else is not synced. The
 * log is one file, so the next sync takes them along: for a piece the one of its own content's end at the latest, which is
 * what a 250 waits for. Should a commit fail meanwhile, nobody knows what the disk still has of the pieces, and every
 * content that has such fails too. Nor does anybody know what it has of the log, which is read after a crash only as far as
 * it has no gap: it is written back and begun anew before the next commit.
 */
import type { DatabaseSync } from 'node:sqlite'
import { codeOf } from './faults.ts'
import type { Stored } from './messageRows.ts'
import type { Tables } from './tables.ts'
import { StoreError } from './types.ts'
import type { WriteOp } from './wireTypes.ts'

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
  readonly #changes
  readonly #renew
  /** As the database was opened. */
  #syncing = true
  /** Writers with pieces that no sync has taken along yet. */
  readonly #unsynced = new Set<number>()
  /** A sync has failed: what was in the log before it may be gone. */
  #doubtful = false

  constructor(db: DatabaseSync, tables: Tables) {
    this.#db = db
    this.#tables = tables
    this.#begin = db.prepare('BEGIN IMMEDIATE')
    this.#commit = db.prepare('COMMIT')
    this.#changes = db.prepare('SELECT total_changes() AS n')
    this.#renew = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  /** Durable when this returns, but for what `failed` names. */
  run(writes: readonly WriteOp[], own: readonly OwnWrite[] = []): Outcome {
    const outcome = fresh()
    try {
      this.#prepare(!writes.every(isPiece))
      this.#transaction(() => {
        for (const write of own) write(this.#tables)
        writes.forEach((op, index) => this.#apply(op, index, outcome))
      })
      if (!this.#syncing) for (const op of writes) if (op.type === 'chunk') this.#unsynced.add(op.writer)
      return outcome
    } catch {
      return this.#oneByOne(writes, own)
    }
  }

  /** Throws where nothing can be promised now. */
  #prepare(full: boolean): void {
    this.#sync(full)
    if (!this.#doubtful) return
    // From the system's memory, which still has what the disk may lack, and synced at its new place.
    if (this.#renew.get()?.['busy'] !== 0) throw new StoreError('failed', 'The log of the database could not be begun anew.') // prettier-ignore
    this.#doubtful = false
  }

  get #rowsChanged(): number {
    return Number(this.#changes.get()?.['n'])
  }

  /** Whether commits are synced from now on (https://sqlite.org/pragma.html#pragma_synchronous, for a database with a log). */
  #sync(full: boolean): void {
    if (full === this.#syncing) return
    this.#db.exec(`PRAGMA synchronous = ${full ? 'FULL' : 'NORMAL'}`)
    this.#syncing = full
  }

  #oneByOne(writes: readonly WriteOp[], own: readonly OwnWrite[]): Outcome {
    const outcome = fresh()
    for (const write of own) {
      try {
        this.#prepare(true)
        this.#transaction(() => write(this.#tables))
      } catch (error) {
        outcome.ownFailed.push(error)
      }
    }
    writes.forEach((op, index) => {
      const single = fresh()
      try {
        this.#prepare(true)
        this.#transaction(() => this.#apply(op, index, single))
        outcome.counts.push(...single.counts)
        outcome.stored.push(...single.stored)
      } catch (error) {
        outcome.failed.push([index, error])
        if (op.type === 'chunk') this.#tables.contents.poison(op.writer, error)
      }
    })
    return outcome
  }

  #apply(op: WriteOp, index: number, outcome: Outcome): void {
    const { count, stored } = this.#tables.apply(op)
    if (count !== undefined) outcome.counts.push([index, count])
    if (stored !== undefined && op.type === 'finish') outcome.stored.push({ stored, first: op.bytes })
  }

  #transaction(work: () => void): void {
    this.#begin.run()
    try {
      const before = this.#rowsChanged
      work()
      this.#end()
      // A commit of nothing syncs nothing.
      if (this.#syncing && this.#rowsChanged !== before) this.#unsynced.clear()
    } catch (error) {
      this.#rollback()
      throw error
    }
    this.#tables.committed()
  }

  #end(): void {
    try {
      this.#commit.run()
    } catch (error) {
      // Where there was no room, nothing was lost that is there.
      if (codeOf(error) !== 'full') this.#doubt(error)
      throw error
    }
  }

  /** A sync that failed tells once, and the system may have let go of what it could not write. */
  #doubt(error: unknown): void {
    for (const writer of this.#unsynced) this.#tables.contents.poison(writer, error)
    this.#unsynced.clear()
    this.#doubtful = true
  }

  /** A full disk may have rolled back already (https://sqlite.org/lang_transaction.html#response_to_errors). */
  #rollback(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
    this.#tables.rolledBack()
  }
}

const isPiece = ({ type }: WriteOp): boolean => type === 'chunk' || type === 'discard'

const fresh = (): Outcome => ({ failed: [], counts: [], stored: [], ownFailed: [] })
