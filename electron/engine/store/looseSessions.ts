/**
 * Owns: removing the dialogues of the relay that nothing points to any more: a delivery's when no leg that is kept does,
 * a client's when nothing it brought is left. One walk from the oldest on, a few in each step; the next begins when the
 * store is told to look again. Dialogues of deliveries go for their size too, the oldest first.
 */
import type { DatabaseSync } from 'node:sqlite'
import { SessionSummary } from '#shared/transcript/event.ts'
import type { RelayTries } from './relayTries.ts'
import type { SessionRows } from './sessionRows.ts'
import type { SessionTies } from './sessionTies.ts'

/** Octets of dialogues of deliveries that are kept, about: characters of their events. */
export const deliveriesKept = 1 << 30
/**
 * Milliseconds for which a delivery's dialogue stays though no leg points to it: what came of it may not be stored yet, and
 * somebody may want to see why a connection was of no use.
 */
export const unpointedFor = 10 * 60_000
/** Milliseconds after which a client's dialogue goes though what was refused in it has not come into the box. */
const unreadFor = 60 * 60_000
const looked = 64
const removedAtOnce = 16

type Row = Record<string, unknown>
const SessionTimes = SessionSummary.pick({ startedAt: true, took: true })
/** What becomes of one that was looked at: `tied` ones are looked at again when something lets go of them. */
type Verdict = 'go' | 'wait' | 'tied' | 'young'

interface Rows {
  sessions: SessionRows
  tries: RelayTries
  ties: SessionTies
}

/** Milliseconds since 1970 when it began and how long it took; both NaN when that cannot be read. */
function timesOf(row: Row): { began: number; took: number } {
  try {
    const summary = SessionTimes.parse(JSON.parse(String(row['summary'])))
    return { began: Date.parse(summary.startedAt), took: summary.took / 1000 }
  } catch {
    return { began: NaN, took: NaN }
  }
}

export class LooseSessions {
  readonly #rows: Rows
  readonly #mostOctets
  readonly #next
  readonly #tie
  readonly #octets
  readonly #oldest
  /** Behind this row of this kind goes the walk on; null: it is done. First those that something let go of. */
  #place: { loose: 2 | 1; n: number } | null = { loose: 2, n: 0 }
  /** Characters of deliveries; null when not counted in this walk. */
  #counted: number | null = null

  constructor(db: DatabaseSync, rows: Rows, mostOctets = deliveriesKept) {
    this.#rows = rows
    this.#mostOctets = mostOctets
    this.#next = db.prepare(
      'SELECT n, id, source, indexed, summary FROM sessions INDEXED BY sessions_loose WHERE loose = ? AND loose > 0 AND ended = 1 AND n > ? ORDER BY n LIMIT ?',
    )
    this.#tie = db.prepare('UPDATE sessions SET loose = 0 WHERE n = ?')
    const deliveries = "FROM sessions INDEXED BY sessions_deliveries WHERE source = 'relay' AND ended = 1"
    this.#octets = db.prepare(`SELECT coalesce(sum(octets), 0) AS octets ${deliveries}`)
    this.#oldest = db.prepare(`SELECT id, octets ${deliveries} ORDER BY n`)
  }

  /** Time went by: walk again. */
  look(): void {
    this.#place ??= { loose: 2, n: 0 }
    this.#counted = null
  }

  /** Inside a transaction. Answers with the dialogues that went; null when nothing is left to do. */
  step(now: number, isSafe: (id: string) => boolean): string[] | null {
    if (this.#place === null) return this.#tooLarge(isSafe)
    const { loose, n } = this.#place
    const rows = this.#next.all(loose, n, looked)
    const gone: string[] = []
    let last = n
    let ends = rows.length < looked
    for (const row of rows) {
      const verdict = this.#judge(row, loose, now, isSafe)
      if (verdict === 'young') {
        ends = true
        break
      }
      last = Number(row['n'])
      if (verdict === 'tied') this.#tie.run(last)
      if (verdict !== 'go') continue
      if (gone.push(String(row['id'])) < removedAtOnce) continue
      ends = false
      break
    }
    if (!ends) this.#place = { loose, n: last }
    else this.#place = loose === 2 ? { loose: 1, n: 0 } : null
    this.#rows.sessions.remove(gone)
    return gone
  }

  #judge(row: Row, loose: number, now: number, isSafe: (id: string) => boolean): Verdict {
    const { tries, ties } = this.#rows
    const id = String(row['id'])
    if (row['source'] === 'relay') {
      if (tries.pointsTo(id)) return 'tied'
      return loose === 1 ? this.#unpointed(row, now, isSafe(id)) : isSafe(id) ? 'wait' : 'go'
    }
    if (ties.isHeld(id)) return 'tied'
    // What was refused in it is not in the box yet.
    if (row['indexed'] !== 1 && !(timesOf(row).began < now - unreadFor)) return 'wait'
    return isSafe(id) ? 'wait' : 'go'
  }

  /** A delivery's that no leg has pointed to so far. */
  #unpointed(row: Row, now: number, safe: boolean): Verdict {
    const { began, took } = timesOf(row)
    const since = now - unpointedFor
    // From the future: the clock was wrong, and tells nothing.
    if (began > now + unpointedFor) return safe ? 'wait' : 'go'
    // Those behind it began later.
    if (began > since) return 'young'
    return safe || began + took > since ? 'wait' : 'go'
  }

  /** Whatever points to them. */
  #tooLarge(isSafe: (id: string) => boolean): string[] | null {
    this.#counted ??= Number(this.#octets.get()?.['octets'])
    const gone: string[] = []
    if (this.#counted <= this.#mostOctets) return null
    let seen = 0
    for (const row of this.#oldest.iterate()) {
      if (this.#counted <= this.#mostOctets || gone.length >= removedAtOnce || ++seen > looked * looked) break
      if (isSafe(String(row['id']))) continue
      gone.push(String(row['id']))
      this.#counted -= Number(row['octets'])
    }
    this.#rows.sessions.remove(gone)
    return gone.length > 0 ? gone : null
  }

  rolledBack(): void {
    this.#place = { loose: 2, n: 0 }
    this.#counted = null
  }
}
