/**
 * Owns: what the store takes from the list of messages in a session's summary (`messages`): no index of contents begins with
 * the session (schema.ts), so its messages are found by their ids. What the relay delivered into the Inbox is not among them:
 * it comes when the session may be long over, and has an index of its own. A live session's list may lag behind by a second: after
 * a crash it is made whole.
 */
import type { DatabaseSync } from 'node:sqlite'
import { firstLocalBody } from '#shared/relay/localBody.ts'
import { messageId } from './messageId.ts'

/** Ids in the summary of a session; of one that delivered more these are the first. */
export const mostNamed = 10_000

/** SQL: the summary of a row of `sessions` as what JSON functions take without an error; a damaged one names nothing. */
export const summaryJson = "CASE WHEN json_valid(summary) THEN summary ELSE '{}' END"

/** SQL: live ones, and those that ended just then: a client may leave while its message is being committed. */
const mayLack = 'n IN (SELECT n FROM sessions WHERE indexed = 0)'

/** The summary with these messages added; null when it names them already, or when it has no list. */
function withMessages(json: string, ids: readonly string[]): string | null {
  let summary: unknown
  try {
    summary = JSON.parse(json)
  } catch {
    return null
  }
  if (typeof summary !== 'object' || summary === null) return null
  const named: unknown = Reflect.get(summary, 'messages')
  if (!Array.isArray(named)) return null
  const known = new Set<unknown>(named)
  const lacking = ids.filter((id) => !known.has(id)).slice(0, Math.max(0, mostNamed - named.length))
  return lacking.length === 0 ? null : JSON.stringify({ ...summary, messages: [...named, ...lacking] })
}

/**
 * Sessions that are live in a database nobody writes to, or not in the index of words yet: adds the messages that came after
 * their last summary, in the order of their bodies. One scan of the index of contents for all of them, none where there are
 * none. Inside a transaction.
 */
export function nameLacking(db: DatabaseSync): void {
  const bodies = new Map<string, number[]>()
  for (const { id } of db.prepare(`SELECT id FROM sessions WHERE ${mayLack}`).all()) bodies.set(String(id), []) // prettier-ignore
  if (bodies.size === 0) return
  const delivered = db.prepare(
    `SELECT session, body FROM contents INDEXED BY contents_body
     WHERE body < ${firstLocalBody} AND session IN (SELECT id FROM sessions WHERE ${mayLack}) AND message IS NOT NULL
     ORDER BY body`,
  )
  for (const { session, body } of delivered.iterate()) {
    const its = bodies.get(String(session))
    if (its !== undefined && its.length < mostNamed) its.push(Number(body))
  }
  const get = db.prepare('SELECT summary FROM sessions WHERE id = ?')
  const put = db.prepare('UPDATE sessions SET summary = ? WHERE id = ?')
  for (const [session, its] of bodies) {
    if (its.length === 0) continue
    const ids = its.map((body) => messageId(session, body))
    const whole = withMessages(String(get.get(session)?.['summary']), ids)
    if (whole !== null) put.run(whole, session)
  }
}
