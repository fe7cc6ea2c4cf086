/**
 * Owns: legs that are over: their order (in which they ended), how many there are of each kind, pages of them, and that
 * the oldest go, a few at a time. A message goes with its last leg.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { ContentRows } from './contentRows.ts'
import { parseMessageId } from './messageRows.ts'
import { legColumns, legTexts, lengthOf, overStates, readPlace, withMessage } from './relayColumns.ts'
import type { OverState, RelayRead, RelayReadResults } from './relayWireTypes.ts'
import { rowsOf } from './schema.ts'

/** Legs that are kept, and how many are removed in one step. */
export const overKept = 10_000
const removedAtOnce = 32

/** Characters of one page. */
const mostRead = 4 << 20

const matching = (words: readonly string[]): string => words.map(() => ' AND instr(text, ?) > 0').join('')

type Counts = Record<OverState, number>
type Query = Extract<RelayRead, { type: 'overLegs' }>

export class OverLegs {
  readonly #db: DatabaseSync
  readonly #contents: ContentRows
  readonly #count
  readonly #leg
  readonly #oldest
  readonly #removeLeg
  readonly #removeMessage
  readonly #session
  /** Null when it has to be counted anew. */
  #counts: Counts | null = null
  #last: number

  constructor(db: DatabaseSync, contents: ContentRows) {
    this.#db = db
    this.#contents = contents
    this.#count = db.prepare('SELECT state, count(*) AS n FROM relayLegs WHERE over IS NOT NULL GROUP BY state') // prettier-ignore
    this.#leg = db.prepare(`SELECT ${legColumns} FROM ${withMessage} WHERE relayLegs.n = ?`)
    const oldestOf = overStates.map((state) => `SELECT * FROM (SELECT n, state, over FROM relayLegs WHERE over IS NOT NULL AND state = '${state}' ORDER BY over LIMIT ${removedAtOnce})`) // prettier-ignore
    this.#oldest = db.prepare(`${oldestOf.join(' UNION ALL ')} ORDER BY over LIMIT ?`)
    this.#removeLeg = db.prepare('DELETE FROM relayLegs WHERE n = ?')
    this.#removeMessage = db.prepare(
      'DELETE FROM relayMessages WHERE n = ? AND open = 0 AND NOT EXISTS (SELECT 1 FROM relayLegs WHERE n BETWEEN ? AND ?) RETURNING id',
    )
    this.#session = db.prepare('SELECT 1 FROM sessions WHERE id = ?')
    this.#last = Number(db.prepare(`SELECT max(over) AS n FROM relayLegs INDEXED BY relayLegs_over WHERE over IS NOT NULL AND state IN ('delivered', 'bounced', 'dropped')`).get()?.['n'] ?? 0) // prettier-ignore
  }

  /** The number of the next that ends. */
  next(): number {
    return ++this.#last
  }

  count(state: string, change: 1 | -1): void {
    const known = overStates.find((one) => one === state)
    if (this.#counts !== null && known !== undefined) this.#counts[known] += change
  }

  counts(): Counts {
    if (this.#counts === null) {
      this.#counts = { delivered: 0, bounced: 0, dropped: 0 }
      for (const row of this.#count.iterate()) {
        const state = overStates.find((one) => one === row['state'])
        if (state !== undefined) this.#counts[state] = Number(row['n'])
      }
    }
    return { ...this.#counts }
  }

  /** Newest first, and no more than `mostRead` characters about: what is left begins the next page. */
  list({ states, words, before, limit }: Query): RelayReadResults['overLegs'] {
    const rows: Record<string, unknown>[] = []
    let size = 0
    let last: number | null = null
    for (const { n, place } of this.#places(states, words, readPlace(before), limit + 1)) {
      if (rows.length === limit || size > mostRead) {
        const next = last === null ? {} : { next: String(last) }
        return { ...legTexts(rows), total: this.#total(states, words), ...next }
      }
      const row = this.#leg.get(n)
      if (row !== undefined) rows.push(row)
      size += lengthOf(row)
      last = place
    }
    return { ...legTexts(rows), total: this.#total(states, words) }
  }

  /** Of each state the first by the index, then the first of those: nothing is sorted but a few numbers. */
  #places(
    states: readonly OverState[],
    words: readonly string[],
    before: number,
    limit: number,
  ): { n: number; place: number }[] {
    if (states.length === 0) return []
    const ofState = (state: OverState) =>
      `SELECT * FROM (SELECT n, over FROM relayLegs WHERE over IS NOT NULL AND state = '${state}' AND over < ?${matching(words)} ORDER BY over DESC LIMIT ?)`
    return this.#db
      .prepare(`${states.map(ofState).join(' UNION ALL ')} ORDER BY over DESC LIMIT ?`)
      .all(...states.flatMap(() => [before, ...words, limit]), limit)
      .map((row) => ({ n: Number(row['n']), place: Number(row['over']) }))
  }

  #total(states: readonly OverState[], words: readonly string[]): number {
    if (words.length === 0) {
      const counts = this.counts()
      return states.reduce((sum, state) => sum + counts[state], 0)
    }
    const matches = words.map(() => ' AND instr(text, ?) > 0').join('')
    const found = this.#db
      .prepare(
        `SELECT count(*) AS n FROM relayLegs WHERE over IS NOT NULL AND state IN (${states.map((state) => `'${state}'`).join(', ')})${matches}`,
      ) // prettier-ignore
      .get(...words)
    return Number(found?.['n'])
  }

  /** Removes a few of those that are too many; false when there are none. */
  step(): boolean {
    const { delivered, bounced, dropped } = this.counts()
    const beyond = delivered + bounced + dropped - overKept
    if (beyond <= 0) return false
    for (const row of this.#oldest.all(Math.min(beyond, removedAtOnce))) {
      const n = Number(row['n'])
      this.#removeLeg.run(n)
      this.count(String(row['state']), -1)
      this.#removeAlone(Math.floor(n / 2 ** 20))
    }
    return true
  }

  /** A message without legs. Its content stays with the transcript of its session; when there is none, it goes too. */
  #removeAlone(message: number): void {
    const id = this.#removeMessage.get(message, ...rowsOf(message))?.['id']
    if (id === undefined) return
    const session = parseMessageId(String(id))?.session
    if (session === undefined || this.#session.get(session) === undefined) this.#contents.dropNumbered(message) // prettier-ignore
  }

  rolledBack(): void {
    this.#counts = null
  }
}
