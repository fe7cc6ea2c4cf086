/**
 * Owns: the group commit. All writes of a turn run in one transaction and share one sync of the disk. When anything in
 * it fails, it is undone and each write gets a transaction of its own, so that one bad write costs the others nothing.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Stored } from './messageRows.ts'
import type { Tables } from './tables.ts'
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

  constructor(db: DatabaseSync, tables: Tables) {
    this.#db = db
    this.#tables = tables
    this.#begin = db.prepare('BEGIN IMMEDIATE')
    this.#commit = db.prepare('COMMIT')
  }

  /** Durable when this returns, but for what `failed` names. */
  run(writes: readonly WriteOp[], own: readonly OwnWrite[] = []): Outcome {
    const outcome = fresh()
    try {
      this.#transaction(() => {
        for (const write of own) write(this.#tables)
        writes.forEach((op, index) => this.#apply(op, index, outcome))
      })
      return outcome
    } catch {
      return this.#oneByOne(writes, own)
    }
  }

  #oneByOne(writes: readonly WriteOp[], own: readonly OwnWrite[]): Outcome {
    const outcome = fresh()
    for (const write of own) {
      try {
        this.#transaction(() => write(this.#tables))
      } catch (error) {
        outcome.ownFailed.push(error)
      }
    }
    writes.forEach((op, index) => {
      const single = fresh()
      try {
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
      work()
      this.#commit.run()
    } catch (error) {
      this.#rollback()
      throw error
    }
    this.#tables.committed()
  }

  /** A full disk may have rolled back already (https://sqlite.org/lang_transaction.html#response_to_errors). */
  #rollback(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
    this.#tables.rolledBack()
  }
}

const fresh = (): Outcome => ({ failed: [], counts: [], stored: [], ownFailed: [] })
