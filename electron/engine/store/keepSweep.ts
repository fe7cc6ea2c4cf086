/**
 * Owns: carrying out the keep rules while the store is idle, a few rows in each transaction, so that a commit waits for
 * one small step at most. Words leave the index when it is quiet.
 */
import type { DatabaseSync } from 'node:sqlite'
import { defaultKeepRules, KeepRemoved, KeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import { ClockWatch } from './clockWatch.ts'
import { addTally, beginWalk, type Chosen, KeepWalk, noTally, readFor, type WalkState } from './keepWalk.ts'
import type { MessageRows } from './messageRows.ts'
import type { SessionRows } from './sessionRows.ts'
import { SessionTies } from './sessionTies.ts'
import { WordPurge } from './wordPurge.ts'

export const keepKey = 'inbox.keep'
export const removedKey = 'inbox.keep.removed'

const looked = 512
const removedAtOnce = 16
/** Rows of a preview's step. */
const previewLook = 4000
/** Messages that were read lately and are remembered. */
const mostRead = 1000
export interface Swept {
  ids: string[]
  /** Dialogues that went too. */
  sessions: string[]
}

interface Rows {
  sessions: SessionRows
  messages: MessageRows
}

export class KeepSweep {
  readonly #rows: Rows
  readonly #walk
  readonly #getSetting
  readonly #putSetting
  readonly #ties
  readonly #purge
  #rules: KeepRules | null = null
  #held: ReadonlySet<string> = new Set()
  readonly #read = new Map<string, number>()
  #state: WalkState | null = null
  /** Something came or changed since the last walk began. */
  #due = true
  #swept: Swept = { ids: [], sessions: [] }
  /** How much of that is committed. */
  #said = { ids: 0, sessions: 0 }
  readonly #clock: ClockWatch

  constructor(db: DatabaseSync, rows: Rows) {
    this.#rows = rows
    this.#walk = new KeepWalk(db)
    this.#clock = new ClockWatch(this.#walk.newestOfAll(), performance.now())
    this.#getSetting = db.prepare('SELECT json FROM settings WHERE key = ?')
    this.#putSetting = db.prepare(
      'INSERT INTO settings (key, json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET json = excluded.json',
    )
    this.#ties = new SessionTies(db)
    this.#purge = new WordPurge(db)
  }

  /** As saved; defaults, with keeping everything, when nothing is or it cannot be read. */
  rules(): KeepRules {
    if (this.#rules !== null) return this.#rules
    const saved = KeepRules.safeParse(this.#json(keepKey))
    this.#rules = saved.success ? saved.data : defaultKeepRules
    return this.#rules
  }

  removed(): KeepRemoved | null {
    const saved = KeepRemoved.safeParse(this.#json(removedKey))
    return saved.success ? saved.data : null
  }

  setRules(rules: KeepRules): void {
    this.#putSetting.run(keepKey, JSON.stringify(rules))
    this.#rules = rules
    // What would go was counted before a person's eyes.
    this.#clock.believe()
    this.look()
  }

  /** These are being read: they stay. */
  hold(ids: readonly string[]): void {
    this.#held = new Set(ids)
    this.look()
  }

  /** A message, or a dialogue by its session. */
  wasRead(id: string, now = Date.now()): void {
    this.#read.delete(id)
    this.#read.set(id, now)
    if (this.#read.size <= mostRead) return
    for (const oldest of this.#read.keys()) return void this.#read.delete(oldest)
  }

  /** Mail came, or time went by: walk again. */
  look(): void {
    this.#due = true
  }

  /**
   * One step inside a transaction; false when nothing was left to do. `quiet`: nobody has written for a while; `rest`:
   * nobody waits for this commit.
   */
  step(now = new Date(), quiet = false, rest = quiet): boolean {
    if (this.#removeSome(now)) return true
    return rest && this.#purge.step(this.#rows.messages.counts.of('all').total, quiet)
  }

  /** What was removed since the last call, for whoever follows the list. */
  take(): Swept {
    const swept = this.#swept
    this.#swept = { ids: [], sessions: [] }
    this.committed()
    return swept
  }

  /** These dialogues went with the relay's mail. */
  gone(sessions: readonly string[]): void {
    if (sessions.length > 0) this.#swept.sessions = [...this.#swept.sessions, ...sessions]
  }

  committed(): void {
    this.#said = { ids: this.#swept.ids.length, sessions: this.#swept.sessions.length }
  }

  /** Only what this transaction did is undone: what went in one before it still has to be told. */
  rolledBack(): void {
    const { ids, sessions } = this.#swept
    this.#swept = { ids: ids.slice(0, this.#said.ids), sessions: sessions.slice(0, this.#said.sessions) }
    this.#rules = null
    this.#state = null
    this.#due = true
    this.#purge.rolledBack()
  }

  /** A stretch of the walk that only counts. `from` absent: from the oldest row on. */
  preview(rules: KeepRules, from: WalkState | null, now = new Date()) {
    const { counts } = this.#rows.messages
    const begin = from ?? beginWalk(this.#walk.order(now), counts.of('all').total, counts.octets())
    const asOn = { rules, now, look: previewLook, choose: previewLook, isSafe: this.isSafe(now) }
    const { chosen, state } = this.#walk.step(begin, asOn)
    const { kept, ...others } = counts.totals()
    const sessions = Object.values(others).reduce((sum, count) => sum + count, 0)
    const there = { messages: kept, sessions, octets: counts.octets() }
    const until = chosen.at(-1)?.receivedAt
    return { state, would: addTally(noTally, chosen), now: there, ...(until === undefined ? {} : { until }) }
  }

  /** Whether it is being read. */
  isSafe(now: Date): (id: string) => boolean {
    const since = now.getTime() - readFor
    return (id) => this.#held.has(id) || (this.#read.get(id) ?? 0) > since
  }

  /** Nothing goes for its age while the clock is in doubt. */
  rulesAt(now: Date): KeepRules {
    const rules = this.rules()
    return this.#clock.isBelieved(now.getTime(), performance.now()) ? rules : { ...rules, days: null }
  }

  #removeSome(now: Date): boolean {
    const rules = this.rulesAt(now)
    if (!rules.on || (this.#state === null && !this.#due)) {
      this.#due = false
      this.#state = null
      return false
    }
    const { counts } = this.#rows.messages
    // The sums are read at each step: others remove too.
    const order = this.#state?.order ?? this.#walk.order(now)
    const begin = beginWalk(order, counts.of('all').total, counts.octets())
    const from = { ...begin, place: this.#state?.place ?? begin.place }
    this.#due &&= this.#state !== null
    const asSaid = { rules, now, look: looked, choose: removedAtOnce, isSafe: this.isSafe(now) }
    const { chosen, state } = this.#walk.step(from, asSaid)
    this.#state = state.done ? null : state
    if (chosen.length > 0) this.#remove(chosen, rules, now)
    return !state.done || chosen.length > 0
  }

  #remove(chosen: readonly Chosen[], rules: KeepRules, now: Date): void {
    const { messages, sessions } = this.#rows
    const ids = chosen.map(({ id }) => id)
    for (const { n } of chosen) messages.removeRow(n)
    const alone = rules.dialogues ? [...new Set(chosen.map(({ session }) => session))].filter((id) => this.#ties.isAlone(id)) : [] // prettier-ignore
    sessions.remove(alone)
    this.#swept = { ids: [...this.#swept.ids, ...ids], sessions: [...this.#swept.sessions, ...alone] }
    const before = this.removed() ?? noTally
    const removed: KeepRemoved = { ...addTally(before, chosen), at: now.toISOString() }
    this.#putSetting.run(removedKey, JSON.stringify(removed))
  }

  #json(key: string): unknown {
    const row = this.#getSetting.get(key)
    try {
      return row === undefined ? null : JSON.parse(String(row['json']))
    } catch {
      return null
    }
  }
}
