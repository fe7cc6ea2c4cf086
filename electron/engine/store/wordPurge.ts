/**
 * Owns: taking the words of removed rows out of the full-text index. A removed row is not found though its words are
 * still there, for what is found is looked up; so it can wait until it is quiet. It should: FTS5 keeps a hash table of
 * removed rows for each segment, and making it anew costs up to half a second in an index of 100,000 messages.
 */
import type { DatabaseSync } from 'node:sqlite'

const kinds = ['message', 'session'] as const

/** The purge begins when at least this many words are of rows that are gone, and this part of those that are there. */
const from = 500
const part = 4
const atOnce = 16
/** Mail that never rests would keep them for ever: with so many for each row that is there, it is begun all the same. */
const overdue = 2
/** Pages that one merge writes, about (https://sqlite.org/fts5.html#the_merge_command), and merges at most. */
const mergePages = 32
const mostMerges = 5000

/** The highest number that was ever given, as far as anything of it is left: a number never gets another row's words. */
export function lastNumber(db: DatabaseSync, table: 'messages' | 'sessions'): number {
  const found = db.prepare(`SELECT max(coalesce((SELECT max(n) FROM ${table}), 0), coalesce((SELECT max(n) FROM ${table}Gone), 0)) AS n`).get() // prettier-ignore
  return Number(found?.['n'])
}

class Kind {
  readonly #count
  readonly #next
  readonly #removeText
  readonly #removeGone
  readonly #changes
  readonly #merge
  #merges = 0
  #purging = false
  #hurried = false

  constructor(db: DatabaseSync, kind: (typeof kinds)[number]) {
    this.#count = db.prepare(`SELECT count(*) AS n FROM ${kind}sGone`)
    this.#next = db.prepare(`SELECT n FROM ${kind}sGone WHERE n >= ? LIMIT 1`)
    this.#removeText = db.prepare(`DELETE FROM ${kind}Text WHERE rowid = ?`)
    this.#removeGone = db.prepare(`DELETE FROM ${kind}sGone WHERE n = ?`)
    this.#changes = db.prepare('SELECT total_changes() AS n')
    this.#merge = db.prepare(`INSERT INTO ${kind}Text (${kind}Text, rank) VALUES ('merge', ?)`)
  }

  step(there: number, highest: number, quiet: boolean): boolean {
    if (!this.#begun(there, quiet)) return false
    if (this.#merges > 0) return this.#mergeSome()
    if (this.#removeSome(highest)) return true
    this.#purging = false
    this.#merges = mostMerges
    // A negative number makes all segments one, over many calls.
    this.#merge.run(-mergePages)
    return true
  }

  /** What was begun in a hurry goes on in a hurry, what was begun in a quiet while waits for the next. */
  #begun(there: number, quiet: boolean): boolean {
    if (this.#merges > 0 || this.#purging) return quiet || this.#hurried
    const gone = Number(this.#count.get()?.['n'])
    this.#hurried = gone >= from * 10 && gone >= there * overdue
    this.#purging = this.#hurried || (quiet && gone >= from && gone * part >= there)
    return this.#purging
  }

  /** Here and there: numbers in a row collide in that hash table. */
  #removeSome(highest: number): boolean {
    for (let i = 0; i < atOnce; i++) {
      const row = this.#next.get(Math.floor(Math.random() * highest)) ?? this.#next.get(0)
      if (row === undefined) return i > 0
      const n = Number(row['n'])
      this.#removeGone.run(n)
      this.#removeText.run(n)
    }
    return true
  }

  rolledBack(): void {
    this.#purging = false
    this.#merges = 0
  }

  #mergeSome(): boolean {
    const before = Number(this.#changes.get()?.['n'])
    this.#merge.run(mergePages)
    // Fewer than two changes by a merge: it did nothing.
    this.#merges = Number(this.#changes.get()?.['n']) - before < 2 ? 0 : this.#merges - 1
    return this.#merges > 0
  }
}

export class WordPurge {
  readonly #kinds
  readonly #highest

  constructor(db: DatabaseSync) {
    this.#kinds = kinds.map((kind) => new Kind(db, kind))
    this.#highest = db.prepare('SELECT max(coalesce((SELECT max(n) FROM messagesGone), 1), coalesce((SELECT max(n) FROM sessionsGone), 1)) AS n') // prettier-ignore
  }

  /** One step inside a transaction; false when nothing is left to do. `there`: rows of the box. `quiet`: nobody waits. */
  step(there: number, quiet = true): boolean {
    const highest = Number(this.#highest.get()?.['n'])
    return this.#kinds.some((kind) => kind.step(there, highest, quiet))
  }

  rolledBack(): void {
    for (const kind of this.#kinds) kind.rolledBack()
  }
}
