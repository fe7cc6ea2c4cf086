/**
 * Owns: which rows the keep rules remove: one walk from the oldest on, a stretch at a time, that ends at the first row
 * that every rule keeps. What is removed and what would be removed is decided by the same walk.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { KeepRules, KeepTally } from '#shared/rpc/contract/inboxKeep.ts'

/** Milliseconds for which a message that has come, or was read, stays whatever the rules say. */
export const freshFor = 60_000
export const readFor = 10 * 60_000

const day = 86_400_000

/**
 * What is older: by when it was received; or by when it was stored, while the box has rows from the future. Then the
 * clock is wrong or was, and by it the newest mail would be the oldest and go first.
 */
export type WalkOrder = 'received' | 'stored'

/** Where a walk stands; plain data, so that it can travel between steps. */
export interface WalkState {
  order: WalkOrder
  /** Behind this row: `receivedAt` and `n`. */
  place: [string, number]
  /** Rows and octets that are left when what was chosen is gone. */
  rows: number
  octets: number
  done: boolean
}

export interface Chosen {
  n: number
  id: string
  session: string
  receivedAt: string
  /** 0 for a session that left no message. */
  content: number
  /** Of the message. */
  octets: number
}

export interface WalkStep {
  chosen: Chosen[]
  state: WalkState
}

export const addTally = (tally: KeepTally, chosen: readonly Chosen[]): KeepTally => ({
  messages: tally.messages + chosen.filter(({ content }) => content > 0).length,
  sessions: tally.sessions + chosen.filter(({ content }) => content === 0).length,
  octets: tally.octets + chosen.reduce((sum, { octets }) => sum + octets, 0),
})
export const noTally: KeepTally = { messages: 0, sessions: 0, octets: 0 }

export const beginWalk = (order: WalkOrder, rows: number, octets: number): WalkState => ({
  order,
  place: ['', 0],
  rows,
  octets,
  done: false,
})

interface Limits {
  rules: KeepRules
  now: Date
  /** Rows to look at, and to choose, at most. */
  look: number
  choose: number
  isSafe: (id: string) => boolean
}

const columns = 'n, id, session, receivedAt, content, size, starred'

export class KeepWalk {
  readonly #received
  readonly #stored
  readonly #newest
  readonly #newestRelayed

  constructor(db: DatabaseSync) {
    this.#received = db.prepare(
      `SELECT ${columns} FROM messages WHERE (receivedAt, n) > (?, ?) ORDER BY receivedAt, n LIMIT ?`,
    )
    this.#stored = db.prepare(`SELECT ${columns} FROM messages WHERE n > ? ORDER BY n LIMIT ?`)
    this.#newest = db.prepare('SELECT max(receivedAt) AS at FROM messages')
    this.#newestRelayed = db.prepare("SELECT CASE WHEN json_valid(json) THEN json_extract(json, '$.receivedAt') END AS at FROM relayMessages ORDER BY n DESC LIMIT 1") // prettier-ignore
  }

  /** When the last row was received, in milliseconds since 1970; null in an empty box. */
  newest(): number | null {
    const at = this.#newest.get()?.['at']
    return typeof at === 'string' ? Date.parse(at) : null
  }

  /** The same, of the relay's mail too. */
  newestOfAll(): number | null {
    const at = this.#newestRelayed.get()?.['at']
    const boxed = this.newest()
    return typeof at === 'number' ? Math.max(at, boxed ?? at) : boxed
  }

  order(now: Date): WalkOrder {
    return (this.newest() ?? 0) > now.getTime() + freshFor ? 'stored' : 'received'
  }

  step(from: WalkState, { rules, now, look, choose, isSafe }: Limits): WalkStep {
    const fresh = new Date(now.getTime() - freshFor).toISOString()
    const soon = new Date(now.getTime() + freshFor).toISOString()
    const old = rules.days === null ? '' : new Date(now.getTime() - rules.days * day).toISOString()
    const chosen: Chosen[] = []
    const { order } = from
    let { place, rows, octets } = from
    let seen = 0
    const next = order === 'received' ? this.#received.iterate(...place, look) : this.#stored.iterate(place[1], look) // prettier-ignore
    for (const row of next) {
      const [n, id, receivedAt] = [Number(row['n']), String(row['id']), String(row['receivedAt'])]
      const over = receivedAt < old || rows > (rules.count ?? Infinity) || octets > (rules.octets ?? Infinity)
      // Those that follow are newer, and the sums are what they are. What is from the future tells nothing of them.
      const ends = receivedAt > soon ? order === 'received' : !over || receivedAt > fresh
      if (ends) return { chosen, state: { order, place, rows, octets, done: true } }
      seen++
      place = [receivedAt, n]
      if (!over || (rules.spareStarred && row['starred'] === 1) || isSafe(id)) continue
      const content = Number(row['content'])
      const own = content > 0 ? Number(row['size']) : 0
      chosen.push({ n, id, session: String(row['session']), receivedAt, content, octets: own })
      rows--
      octets -= own
      if (chosen.length >= choose) return { chosen, state: { order, place, rows, octets, done: false } }
    }
    return { chosen, state: { order, place, rows, octets, done: seen < look } }
  }
}
