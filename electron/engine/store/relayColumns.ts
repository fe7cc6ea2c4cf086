/** Owns: how legs are named in the database, and rows of them, with their messages, as they cross to the engine's thread. */
import type { LegTexts, OverState } from './relayWireTypes.ts'
import { rowOf } from './schema.ts'
import { StoreError } from './types.ts'

export const overStates: readonly OverState[] = ['delivered', 'bounced', 'dropped']

/** Message and number of a leg's id, `MESSAGE/N`, or null when it is none. */
export function parseLegId(id: string): { message: string; leg: number } | null {
  const found = /^(.+)\/(0|[1-9]\d{0,6})$/s.exec(id)
  return found === null ? null : { message: found[1]!, leg: Number(found[2]) }
}

/** A page's `next`, back as the number that it is. */
export function readPlace(before: string | undefined): number {
  if (before === undefined) return Number.MAX_SAFE_INTEGER
  if (/^\d{1,15}$/.test(before)) return Number(before)
  throw new StoreError(
    'failed',
    `before ${JSON.stringify(before.slice(0, 80))} is none of a page's \`next\`.`,
  )
}

/** What legTexts reads. A message's number is its legs' without their last twenty bits (schema.ts). */
export const legColumns =
  'relayLegs.n AS n, relayLegs.json AS json, relayMessages.n AS owner, relayMessages.id AS message, relayMessages.json AS head'
export const withMessage = 'relayLegs JOIN relayMessages ON relayMessages.n = relayLegs.n / 1048576'

/** Characters of such a row. */
export const lengthOf = (row: Record<string, unknown> = {}): number =>
  String(row['json']).length + String(row['head']).length

/** Each message once, whatever the number of its legs. */
export function legTexts(rows: Iterable<Record<string, unknown>>): LegTexts {
  const found: LegTexts = { messages: [], legs: [] }
  const places = new Map<string, number>()
  for (const row of rows) {
    const id = String(row['message'])
    const place = places.get(id) ?? found.messages.push({ id, json: String(row['head']) }) - 1
    places.set(id, place)
    const leg = Number(row['n']) - rowOf(Number(row['owner']), 0)
    found.legs.push({ id: `${id}/${leg}`, message: place, json: String(row['json']) })
  }
  return found
}
