/**
 * Owns: how much of the relay's mail that is over is kept. Always: what belongs to the newest legs (relayOver.ts), and of
 * contents so many octets; the queue still tells of a message whose content has gone. By the keep rules of the Inbox,
 * while those are on: messages by number, age and size, counted apart from the box, the oldest first and whole, with
 * legs and content. Dialogues follow (looseSessions.ts). What is open is never touched.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { KeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import type { ContentRows } from './contentRows.ts'
import { freshFor } from './keepWalk.ts'
import type { OverLegs } from './relayOver.ts'

/** Octets of contents of messages that are over: 1 GiB. */
export const contentsKept = 1 << 30
const looked = 512
/** Messages in one step. */
const atOnce = 16
/** Legs, in one step; one message may have thousands. */
const legsAtOnce = 32
const day = 86_400_000

export interface KeepNow {
  now: number
  /** Null while they are off. */
  rules: Pick<KeepRules, 'count' | 'days' | 'octets'> | null
  /** It is being read. */
  isSafe: (id: string) => boolean
}

export class RelayKeep {
  readonly #contents: ContentRows
  readonly #over: OverLegs
  readonly #mostOctets
  readonly #all
  readonly #full
  /** The walk goes on behind this message; null: it is done. */
  #place: number | null = 0
  /** When it was done there were so many. */
  #known = -1

  constructor(db: DatabaseSync, contents: ContentRows, over: OverLegs, mostOctets = contentsKept) {
    this.#contents = contents
    this.#over = over
    this.#mostOctets = mostOctets
    const all = 'FROM relayMessages INDEXED BY relayMessages_over WHERE open = 0'
    this.#all = db.prepare(
      `SELECT n, size, id, CASE WHEN json_valid(json) THEN json_extract(json, '$.receivedAt') END AS at ${all} AND n > ? ORDER BY n`,
    )
    this.#full = db.prepare(`SELECT n, size ${all} AND size > 0 ORDER BY n`)
  }

  /** Time went by, or the rules are others: walk again. */
  look(): void {
    this.#place ??= 0
  }

  /** Inside a transaction: one small step; false when nothing is left to do. */
  step(at: KeepNow): boolean {
    return this.#over.step(at.isSafe) || this.#shed(at.isSafe) || this.#byRules(at)
  }

  /** Contents alone: what became of the mail is still told. */
  #shed(isSafe: KeepNow['isSafe']): boolean {
    const { totals } = this.#contents
    const beyond = totals.get().octets - this.#mostOctets
    if (beyond <= 0) return false
    const chosen: { n: number; size: number }[] = []
    let [freed, seen] = [0, 0]
    for (const row of this.#full.iterate()) {
      if (freed >= beyond || chosen.length >= atOnce || ++seen > looked * 8) break
      const n = Number(row['n'])
      if (isSafe(this.#over.messageId(n))) continue
      chosen.push({ n, size: Number(row['size']) })
      freed += Number(row['size'])
    }
    for (const { n, size } of chosen) {
      this.#contents.dropNumbered(n)
      // One whose content was lost otherwise is not chosen for ever.
      totals.shed(n, size)
    }
    return chosen.length > 0
  }

  #byRules(at: KeepNow): boolean {
    const { rules } = at
    const { messages } = this.#contents.totals.get()
    if (messages > this.#known) this.look()
    this.#known = messages
    if (rules === null || this.#place === null) return false
    const from = this.#place
    const { chosen, place } = this.#choose(from, rules, at)
    this.#place = place
    for (const [index, n] of chosen.entries()) {
      if (this.#over.removeMessage(n, legsAtOnce)) continue
      // The rest of its legs first.
      this.#place = index === 0 ? from : chosen[index - 1]!
      break
    }
    return this.#place !== null || chosen.length > 0
  }

  /** Rows of one stretch that go; `place`: null when those behind it stay. */
  #choose(
    from: number,
    { count, days, octets }: NonNullable<KeepNow['rules']>,
    { now, isSafe }: KeepNow,
  ): { chosen: number[]; place: number | null } {
    const totals = this.#contents.totals.get()
    const old = days === null ? -Infinity : now - days * day
    const chosen: number[] = []
    let [last, seen] = [from, 0]
    for (const row of this.#all.iterate(from)) {
      const [n, came] = [Number(row['n']), Number(row['at'] ?? 0)]
      const over = came < old || totals.messages > (count ?? Infinity) || totals.octets > (octets ?? Infinity)
      // Those behind it came later; what is from the future tells nothing of them.
      if (came <= now + freshFor && (!over || came > now - freshFor)) return { chosen, place: null }
      last = n
      seen++
      if (over && !isSafe(String(row['id']))) {
        chosen.push(n)
        totals.messages--
        totals.octets -= Number(row['size'])
      }
      if (chosen.length >= atOnce || seen >= looked) return { chosen, place: last }
    }
    return { chosen, place: null }
  }

  rolledBack(): void {
    this.#place = 0
    this.#known = -1
  }
}
