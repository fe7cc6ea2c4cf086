/**
 * Owns: which legs point to which dialogues of deliveries. A dialogue may go when no leg that is kept points to it any
 * more (looseSessions.ts).
 */
import type { DatabaseSync } from 'node:sqlite'

export class RelayTries {
  readonly #put
  readonly #remove
  readonly #removeOthers
  readonly #pointed
  readonly #loosen

  constructor(db: DatabaseSync) {
    this.#put = db.prepare('INSERT OR IGNORE INTO relayTries (leg, session) VALUES (?, ?)')
    this.#remove = db.prepare('DELETE FROM relayTries WHERE leg = ? RETURNING session')
    this.#removeOthers = db.prepare(
      'DELETE FROM relayTries WHERE leg = ? AND session NOT IN (SELECT value FROM json_each(?)) RETURNING session',
    )
    this.#pointed = db.prepare('SELECT 1 FROM relayTries WHERE session = ? LIMIT 1')
    this.#loosen = db.prepare('UPDATE sessions SET loose = 2 WHERE id = ?')
  }

  /** `leg`: its number. `forgot`: its history is too long for its first tries. */
  put(leg: number, sessions: readonly string[], forgot: boolean): void {
    for (const session of sessions) this.#put.run(leg, session)
    if (forgot) this.#letGo(this.#removeOthers.all(leg, JSON.stringify(sessions)))
  }

  /** The leg is gone. */
  remove(leg: number): void {
    this.#letGo(this.#remove.all(leg))
  }

  pointsTo(session: string): boolean {
    return this.#pointed.get(session) !== undefined
  }

  #letGo(rows: readonly Record<string, unknown>[]): void {
    for (const row of rows) {
      const session = String(row['session'])
      if (!this.pointsTo(session)) this.#loosen.run(session)
    }
  }
}
