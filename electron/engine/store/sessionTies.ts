/**
 * Owns: whether a dialogue may go with what it brought: it has ended, and nothing of it is left in the box or with the
 * relay. Its messages are those that its summary names, and what the relay delivered into the Inbox; where the summary cannot
 * tell them all, every content is looked at.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { firstLocalBody } from '#shared/relay/localBody.ts'
import { mostNamed, summaryJson } from './namedMessages.ts'

/** SQL: the body in a message's id, SESSION.BODY. */
const bodyIn = (id: string): string => `CAST(substr(${id}, length(?1) + 2) AS INTEGER)`

/** SQL: whether a message of these ids, a table with the column `value`, is in the box. */
const boxed = (ids: string): string =>
  `SELECT EXISTS (SELECT 1 FROM (${ids}) AS named CROSS JOIN contents
     WHERE contents.body = ${bodyIn('named.value')} AND contents.session = ?1 AND contents.message IS NOT NULL) AS some`

const is = (statement: StatementSync, session: string): boolean => statement.get(session)?.['some'] === 1

export class SessionTies {
  readonly #newest
  readonly #boxed
  readonly #local
  readonly #refused
  readonly #relayed
  readonly #tellsAll
  readonly #any
  readonly #ended

  constructor(db: DatabaseSync) {
    // The oldest go first: while the newest is there, thousands that are gone need not be looked for.
    this.#newest = db.prepare(boxed(`SELECT json_extract(${summaryJson}, '$.messages[#-1]') AS value FROM sessions WHERE id = ?1`)) // prettier-ignore
    this.#boxed = db.prepare(boxed(`SELECT value FROM sessions, json_each(${summaryJson}, '$.messages') WHERE sessions.id = ?1`)) // prettier-ignore
    this.#local = db.prepare(
      `SELECT EXISTS (SELECT 1 FROM contents INDEXED BY contents_local WHERE session = ?1 AND body >= ${firstLocalBody} AND message IS NOT NULL) AS some`,
    )
    this.#refused = db.prepare('SELECT EXISTS (SELECT 1 FROM messages WHERE session = ?1 AND content = 0) AS some') // prettier-ignore
    // A message's id is SESSION.BODY, and a slash is what follows a full stop.
    this.#relayed = db.prepare(
      "SELECT EXISTS (SELECT 1 FROM relayMessages WHERE id > ?1 || '.' AND id < ?1 || '/') AS some",
    )
    this.#tellsAll = db.prepare(
      `SELECT json_type(summary, '$.messages') IS 'array' AND json_array_length(summary, '$.messages') < ${mostNamed}
         AND NOT EXISTS (SELECT 1 FROM json_each(summary, '$.messages') WHERE type <> 'text' OR value <> ?1 || '.' || ${bodyIn('value')}) AS some
       FROM (SELECT ${summaryJson} AS summary FROM sessions WHERE id = ?1)`,
    )
    // From the greatest body on: what a full list does not name is there.
    this.#any = db.prepare(
      'SELECT 1 AS some FROM contents INDEXED BY contents_body WHERE session = ?1 AND message IS NOT NULL ORDER BY body DESC LIMIT 1',
    )
    this.#ended = db.prepare('SELECT ended AS some FROM sessions WHERE id = ?1')
  }

  isAlone(session: string): boolean {
    return is(this.#ended, session) && !this.isHeld(session)
  }

  /** By a row of the box, or a message of the relay. */
  isHeld(session: string): boolean {
    const ways = [this.#newest, this.#refused, this.#relayed, this.#local, this.#boxed]
    return ways.some((way) => is(way, session)) || (!is(this.#tellsAll, session) && is(this.#any, session))
  }
}
