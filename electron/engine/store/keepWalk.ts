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

/** Where a walk stands; plain data, so that it can travel between steps. */
export interface WalkState {
  /** Behind this row, in the order of `receivedAt` and `n`. */
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

export const beginWalk = (rows: number, octets: number): WalkState => ({
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

export class KeepWalk {
  readonly #next

  constructor(db: DatabaseSync) {
    this.#next = db.prepare(
      'SELECT n, id, session, receivedAt, content, size, starred FROM messages WHERE (receivedAt, n) > (?, ?) ORDER BY receivedAt, n LIMIT ?',
    )
  }

  step(from: WalkState, { rules, now, look, choose, isSafe }: Limits): WalkStep {
    const fresh = new Date(now.getTime() - freshFor).toISOString()
    const old = rules.days === null ? '' : new Date(now.getTime() - rules.days * day).toISOString()
    const chosen: Chosen[] = []
    let { place, rows, octets } = from
    let seen = 0
    for (const row of this.#next.iterate(...place, look)) {
      const [n, id, receivedAt] = [Number(row['n']), String(row['id']), String(row['receivedAt'])]
      const over = receivedAt < old || rows > (rules.count ?? Infinity) || octets > (rules.octets ?? Infinity)
      // Those that follow are newer, and the sums are what they are.
      if (!over || receivedAt > fresh) return { chosen, state: { place, rows, octets, done: true } }
      seen++
      place = [receivedAt, n]
      if ((rules.spareStarred && row['starred'] === 1) || isSafe(id)) continue
      const content = Number(row['content'])
      const own = content > 0 ? Number(row['size']) : 0
      chosen.push({ n, id, session: String(row['session']), receivedAt, content, octets: own })
      rows--
      octets -= own
      if (chosen.length >= choose) return { chosen, state: { place, rows, octets, done: false } }
    }
    return { chosen, state: { place, rows, octets, done: seen < look } }
  }
}
