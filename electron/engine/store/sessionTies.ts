/**
 * Owns: whether a dialogue may go with what it brought: it has ended, and nothing of it is left in the box or with the
 * relay.
 */
import type { DatabaseSync } from 'node:sqlite'

export class SessionTies {
  readonly #boxed
  readonly #relayed
  readonly #ended

  constructor(db: DatabaseSync) {
    this.#boxed = db.prepare(
      'SELECT EXISTS (SELECT 1 FROM contents WHERE session = ?1 AND message IS NOT NULL) OR EXISTS (SELECT 1 FROM messages WHERE session = ?1 AND content = 0) AS some',
    )
    // A message's id is SESSION.BODY, and a slash is what follows a full stop.
    this.#relayed = db.prepare(
      "SELECT EXISTS (SELECT 1 FROM relayMessages WHERE id > ?1 || '.' AND id < ?1 || '/') AS some",
    )
    this.#ended = db.prepare('SELECT ended FROM sessions WHERE id = ?')
  }

  isAlone(session: string): boolean {
    return this.#ended.get(session)?.['ended'] === 1 && !this.isHeld(session)
  }

  /** By a row of the box, or a message of the relay. */
  isHeld(session: string): boolean {
    return this.#boxed.get(session)?.['some'] === 1 || this.#relayed.get(session)?.['some'] === 1
  }
}
