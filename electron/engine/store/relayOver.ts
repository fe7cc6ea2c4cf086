/**
 * Owns: legs that are over: their order (in which they ended), how many there are of each kind, pages of them, and that
 * the oldest go, a few at a time. A message goes with its last leg.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { ContentRows } from './contentRows.ts'
import { parseMessageId } from './messageRows.ts'
import { legColumns, legTexts, overStates, readPlace, withMessage } from './relayColumns.ts'
import type { OverState, RelayRead, RelayReadResults } from './relayWireTypes.ts'
import { rowsOf } from './schema.ts'

/** Legs that are kept, and how many are removed in one step. */
export const overKept = 10_000
const removedAtOnce = 32

type Counts = Record<OverState, number>
type Query = Extract<RelayRead, { type: 'overLegs' }>

export class OverLegs {
  readonly #db: DatabaseSync
  readonly #contents: ContentRows
  readonly #count
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

  /** Newest first. Of each state the first by the index, then the first of those: nothing is sorted but a few pages. */
  list({ states, words, before, limit }: Query): RelayReadResults['overLegs'] {
    if (states.length === 0) return { messages: [], legs: [], total: 0 }
    const matches = words.map(() => ' AND instr(relayLegs.text, ?) > 0').join('')
    const page = (state: OverState) =>
      `SELECT * FROM (SELECT ${legColumns}, relayLegs.over AS place FROM ${withMessage} WHERE relayLegs.over IS NOT NULL AND relayLegs.state = '${state}' AND relayLegs.over < ?${matches} ORDER BY relayLegs.over DESC LIMIT ?)`
    const place = readPlace(before)
    const rows = this.#db
      .prepare(`${states.map(page).join(' UNION ALL ')} ORDER BY place DESC LIMIT ?`)
      .all(...states.flatMap(() => [place, ...words, limit + 1]), limit + 1)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      ...legTexts(rows.slice(0, limit)),
      total: this.#total(states, words),
      ...(last === undefined ? {} : { next: String(last['place']) }),
    }
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
