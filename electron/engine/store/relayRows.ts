/**
 * Owns: the relay's queue in the database: messages and their legs. A message has the number of its content; a leg's
 * number carries its message's (schema.ts), so that a leg costs one small row. While a leg is open, its message's content
 * is held; with the last one it is let go, and stays while it is kept (relayKeep.ts), or goes when no transcript keeps it.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { ContentRows, Finished } from './contentRows.ts'
import { legColumns, legTexts, lengthOf, parseLegId, withMessage } from './relayColumns.ts'
import { OverLegs } from './relayOver.ts'
import { overState } from './relayText.ts'
import { RelayTries } from './relayTries.ts'
import type { LegText, LegTexts, QueuedText, RelayReadResults } from './relayWireTypes.ts'
import { rowOf, rowsOf } from './schema.ts'
import { StoreError } from './types.ts'

/** Characters of one answer at load, and legs of one search by name. */
const mostRead = 1 << 20
const mostFound = 20

type Row = Record<string, unknown>

export class RelayRows {
  readonly over: OverLegs
  readonly tries: RelayTries
  readonly #contents: ContentRows
  readonly #insertMessage
  readonly #messageOf
  readonly #openOf
  readonly #opened
  readonly #closed
  readonly #insertLeg
  readonly #legBefore
  readonly #legJson
  readonly #updateLeg
  readonly #openLegs
  readonly #legsOf
  readonly #leg
  readonly #byName

  constructor(db: DatabaseSync, contents: ContentRows) {
    this.#contents = contents
    this.tries = new RelayTries(db)
    this.over = new OverLegs(db, contents, this.tries)
    this.#insertMessage = db.prepare(
      'INSERT INTO relayMessages (n, id, open, alone, messageId, envid, json, size) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.#messageOf = db.prepare('SELECT n FROM relayMessages WHERE id = ?')
    this.#openOf = db.prepare('SELECT open FROM relayMessages WHERE n = ?')
    this.#opened = db.prepare('UPDATE relayMessages SET open = open + 1 WHERE n = ? RETURNING open, size')
    this.#closed = db.prepare(
      'UPDATE relayMessages SET open = open - 1 WHERE n = ? RETURNING open, alone, size',
    )
    this.#insertLeg = db.prepare('INSERT INTO relayLegs (n, state, over, text, json) VALUES (?, ?, ?, ?, ?)')
    this.#legBefore = db.prepare('SELECT state, over FROM relayLegs WHERE n = ?')
    this.#legJson = db.prepare('SELECT json FROM relayLegs WHERE n = ?')
    this.#updateLeg = db.prepare('UPDATE relayLegs SET state = ?, over = ?, text = ?, json = ? WHERE n = ?')
    this.#openLegs = db.prepare(
      `SELECT ${legColumns} FROM ${withMessage} WHERE relayLegs.over IS NULL AND relayLegs.n > ? ORDER BY relayLegs.n LIMIT ?`,
    )
    this.#legsOf = db.prepare(`SELECT ${legColumns} FROM ${withMessage} WHERE relayLegs.n BETWEEN ? AND ? ORDER BY relayLegs.n DESC LIMIT ?`) // prettier-ignore
    this.#leg = db.prepare(`SELECT ${legColumns} FROM ${withMessage} WHERE relayLegs.n = ?`)
    const byName = (name: string) => db.prepare(`SELECT n FROM relayMessages WHERE ${name} = ? ORDER BY n DESC LIMIT ${mostFound}`) // prettier-ignore
    this.#byName = { messageId: byName('messageId'), envid: byName('envid'), id: byName('id') }
  }

  /** `content`: finished in this transaction. */
  put({ n, size }: Finished, { id, messageId, envid, alone, json, legs }: QueuedText): void {
    const open = legs.filter((leg) => overState(leg) === null).length
    this.#insertMessage.run(n, id, open, alone ? 1 : 0, messageId, envid, json, size)
    if (open === 0) this.#contents.totals.add(1, size)
    for (const leg of legs) {
      const parsed = parseLegId(leg.id)
      if (parsed?.message !== id) throw new StoreError('failed', `${leg.id} is no leg of message ${id}.`)
      this.#insert(rowOf(n, parsed.leg), leg)
    }
    if (open === 0 && alone) this.#contents.dropNumbered(n)
  }

  putLegs(legs: readonly LegText[]): void {
    for (const leg of legs) this.#putLeg(leg)
  }

  /** A leg that is over and was removed for its age stays away; an open one without a message is an error. */
  #putLeg(leg: LegText): void {
    const place = this.#place(leg.id)
    if (place === null) {
      if (overState(leg) !== null) return
      throw new StoreError('failed', `Leg ${leg.id} belongs to no message of the relay's queue.`)
    }
    const before = this.#legBefore.get(place.n)
    const wasOpen = before === undefined ? null : before['over'] === null
    const isOpen = overState(leg) === null
    if (isOpen && wasOpen !== true) this.#open(place.message, leg.id)
    if (before === undefined) this.#insert(place.n, leg)
    else {
      const over = isOpen ? null : wasOpen ? this.over.next() : Number(before['over'])
      if (!wasOpen) this.over.count(String(before['state']), -1)
      if (!isOpen) this.over.count(leg.state, 1)
      this.tries.put(place.n, leg.sessions, leg.forgot ? String(this.#legJson.get(place.n)?.['json']) : null)
      this.#updateLeg.run(leg.state, over, leg.text, leg.json, place.n)
    }
    if (wasOpen === true && !isOpen) this.#close(place.message)
  }

  #insert(n: number, leg: LegText): void {
    const over = overState(leg) === null ? null : this.over.next()
    if (over !== null) this.over.count(leg.state, 1)
    this.#insertLeg.run(n, leg.state, over, leg.text, leg.json)
    this.tries.put(n, leg.sessions, null)
  }

  /** Goes on, or is taken up again: there must be something to send. */
  #open(message: number, id: string): void {
    if (!this.#contents.has(message)) throw new StoreError('failed', `The content of ${id} is not kept any more; it cannot go on.`) // prettier-ignore
    const row = this.#opened.get(message)
    if (row?.['open'] === 1) this.#contents.totals.add(-1, -Number(row['size']))
  }

  #close(message: number): void {
    const row = this.#closed.get(message)
    if (row?.['open'] !== 0) return
    this.#contents.totals.add(1, Number(row['size']))
    if (row['alone'] === 1) this.#contents.dropNumbered(message)
  }

  /** Open legs behind `after`, in the order in which their messages came. */
  openLegs(after: string | null, max: number): RelayReadResults['openLegs'] {
    // The message of the one before may be gone with all its legs: then from the first on, rather than past one.
    const from = after === null ? 0 : (this.#place(after)?.n ?? 0)
    const rows: Row[] = []
    let size = 0
    let more = false
    for (const row of this.#openLegs.iterate(from, max + 1)) {
      more = rows.length === max || size > mostRead
      if (more) break
      rows.push(row)
      size += lengthOf(row)
    }
    return { ...legTexts(rows), more }
  }

  leg(id: string): LegTexts {
    const place = this.#place(id)
    const row = place === null ? undefined : this.#leg.get(place.n)
    return legTexts(row === undefined ? [] : [row])
  }

  /** Whether the content with this number is of a message that is over. */
  isOver(n: number): boolean {
    return this.#openOf.get(n)?.['open'] === 0
  }

  /** Newest first. `id`: of a message or of one leg. */
  find(by: { messageId?: string; envid?: string; id?: string }): LegTexts {
    const numbers = new Set<number>()
    for (const [name, value] of [['messageId', by.messageId], ['envid', by.envid], ['id', by.id]] as const) {
      if (value === undefined) continue
      for (const row of this.#byName[name].iterate(value)) numbers.add(Number(row['n']))
    } // prettier-ignore
    const rows: Row[] = []
    for (const n of [...numbers].toSorted((a, b) => b - a)) {
      if (rows.length >= mostFound) break
      rows.push(...this.#legsOf.all(...rowsOf(n), mostFound - rows.length))
    }
    return rows.length === 0 && by.id !== undefined ? this.leg(by.id) : legTexts(rows)
  }

  rolledBack(): void {
    this.over.rolledBack()
  }

  #place(id: string): { message: number; n: number } | null {
    const parsed = parseLegId(id)
    const row = parsed === null ? undefined : this.#messageOf.get(parsed.message)
    if (parsed === null || row === undefined) return null
    return { message: Number(row['n']), n: rowOf(Number(row['n']), parsed.leg) }
  }
}
