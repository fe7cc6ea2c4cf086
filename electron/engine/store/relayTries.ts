/**
 * Owns: which legs point to which dialogues of deliveries: those that a leg's history names, as it is stored. A dialogue
 * may go when no leg that is kept points to it any more (looseSessions.ts). Ordered by dialogue alone, for each put costs
 * a row here: what a leg points to is read from its own text.
 */
import type { DatabaseSync } from 'node:sqlite'

/** Null for a text that cannot be read. */
function sessionsOf(json: string): Set<string> | null {
  try {
    const leg: unknown = JSON.parse(json)
    const history: unknown = typeof leg === 'object' && leg !== null ? Reflect.get(leg, 'history') : null
    if (!Array.isArray(history)) return null
    const named = history.map((one: unknown): unknown => typeof one === 'object' && one !== null ? Reflect.get(one, 'session') : null) // prettier-ignore
    return new Set(named.filter((session) => typeof session === 'string'))
  } catch {
    return null
  }
}

export class RelayTries {
  readonly #put
  readonly #remove
  readonly #removeAll
  readonly #pointed
  readonly #loosen

  constructor(db: DatabaseSync) {
    this.#put = db.prepare('INSERT OR IGNORE INTO relayTries (session, leg) VALUES (?, ?)')
    this.#remove = db.prepare('DELETE FROM relayTries WHERE session = ? AND leg = ?')
    this.#removeAll = db.prepare('DELETE FROM relayTries WHERE leg = ? RETURNING session')
    this.#pointed = db.prepare('SELECT 1 FROM relayTries WHERE session = ? LIMIT 1')
    this.#loosen = db.prepare('UPDATE sessions SET loose = 2 WHERE id = ?')
  }

  /** `leg`: its number. `before`: its text so far, where its history has lost some of what stood there. */
  put(leg: number, sessions: readonly string[], before: string | null): void {
    for (const session of sessions) this.#put.run(session, leg)
    if (before === null) return
    const lost = sessionsOf(before) ?? new Set()
    for (const session of sessions) lost.delete(session)
    this.#letGo(leg, lost)
  }

  /** The leg is gone; `json`: its text. */
  remove(leg: number, json: string): void {
    const sessions = sessionsOf(json)
    if (sessions !== null) return this.#letGo(leg, sessions)
    // Damaged, which is rare: all rows are looked at.
    for (const row of this.#removeAll.all(leg)) this.#loosenAlone(String(row['session']))
  }

  pointsTo(session: string): boolean {
    return this.#pointed.get(session) !== undefined
  }

  #letGo(leg: number, sessions: ReadonlySet<string>): void {
    for (const session of sessions) {
      this.#remove.run(session, leg)
      this.#loosenAlone(session)
    }
  }

  #loosenAlone(session: string): void {
    if (!this.pointsTo(session)) this.#loosen.run(session)
  }
}
