/**
 * Owns: legs that are over: their order (in which they ended), how many there are of each kind, pages of them, and that
 * the oldest go, a few at a time. A message goes with its last leg.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { ContentRows } from './contentRows.ts'
import { parseMessageId } from './messageId.ts'
import { legColumns, legTexts, lengthOf, overStates, readPlace, withMessage } from './relayColumns.ts'
import type { RelayTries } from './relayTries.ts'
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
  readonly #tries: RelayTries
  readonly #count
  readonly #leg
  readonly #oldest
  readonly #removeLeg
  readonly #removeMessage
  readonly #legsOf
  readonly #messageId
  readonly #loosen
  /** Null when it has to be counted anew. */
  #counts: Counts | null = null
  #last: number

  constructor(db: DatabaseSync, contents: ContentRows, tries: RelayTries) {
    this.#db = db
    this.#contents = contents
    this.#tries = tries
    this.#count = db.prepare('SELECT state, count(*) AS n FROM relayLegs WHERE over IS NOT NULL GROUP BY state') // prettier-ignore
    this.#leg = db.prepare(`SELECT ${legColumns} FROM ${withMessage} WHERE relayLegs.n = ?`)
    const oldestOf = overStates.map((state) => `SELECT * FROM (SELECT n, state, over FROM relayLegs WHERE over IS NOT NULL AND state = '${state}' ORDER BY over LIMIT ${removedAtOnce})`) // prettier-ignore
    this.#oldest = db.prepare(`${oldestOf.join(' UNION ALL ')} ORDER BY over LIMIT ?`)
    this.#removeLeg = db.prepare('DELETE FROM relayLegs WHERE n = ? RETURNING json')
    this.#removeMessage = db.prepare(
      'DELETE FROM relayMessages WHERE n = ? AND open = 0 AND NOT EXISTS (SELECT 1 FROM relayLegs WHERE n BETWEEN ? AND ?) RETURNING id, size',
    )
    this.#legsOf = db.prepare('SELECT n, state FROM relayLegs WHERE n BETWEEN ? AND ? LIMIT ?')
    this.#messageId = db.prepare('SELECT id FROM relayMessages WHERE n = ?')
    this.#loosen = db.prepare('UPDATE sessions SET loose = 2 WHERE id = ?')
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

  /** Id of a message by its number; '' for one that is not here. */
  messageId(n: number): string {
    return String(this.#messageId.get(n)?.['id'] ?? '')
  }

  /** Removes a few of those that are too many; false when there are none, or all that would go are being read. */
  step(isSafe: (message: string) => boolean = () => false): boolean {
    const { delivered, bounced, dropped } = this.counts()
    const beyond = delivered + bounced + dropped - overKept
    if (beyond <= 0) return false
    let removed = false
    for (const row of this.#oldest.all(Math.min(beyond, removedAtOnce))) {
      const message = Math.floor(Number(row['n']) / 2 ** 20)
      if (isSafe(this.messageId(message))) continue
      this.#remove(row)
      this.#removeAlone(message)
      removed = true
    }
    return removed
  }

  /** Removes a message that is over, with `atOnce` of its legs at most; false when some are left, and it with them. */
  removeMessage(n: number, atOnce: number): boolean {
    const legs = this.#legsOf.all(...rowsOf(n), atOnce + 1)
    for (const leg of legs.slice(0, atOnce)) this.#remove(leg)
    if (legs.length > atOnce) return false
    this.#removeAlone(n)
    return true
  }

  #remove(leg: Record<string, unknown>): void {
    const n = Number(leg['n'])
    const row = this.#removeLeg.get(n)
    if (row !== undefined) this.#tries.remove(n, String(row['json']))
    this.count(String(leg['state']), -1)
  }

  /** A message without legs goes with its content; its session's dialogue, when nothing else holds that (looseSessions.ts). */
  #removeAlone(message: number): void {
    const row = this.#removeMessage.get(message, ...rowsOf(message))
    if (row === undefined) return
    this.#contents.totals.add(-1, -Number(row['size']))
    this.#contents.dropNumbered(message)
    const session = parseMessageId(String(row['id']))?.session
    if (session !== undefined) this.#loosen.run(session)
  }

  rolledBack(): void {
    this.#counts = null
  }
}
