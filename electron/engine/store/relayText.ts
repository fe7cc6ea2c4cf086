/**
 * Owns: the relay's messages and legs as the text that is stored, and back. It is made and read on the engine's thread, so
 * that the store's thread has nothing to do but to write it. A text that cannot be read costs its row, not the queue.
 */
import type { Leg, QueuedMessage } from '../relay/types.ts'
import type { LegText, LegTexts, OverState, QueuedText } from './relayWireTypes.ts'
import { StoreError } from './types.ts'

/** Characters that a leg is found by, and of a name in an index; a client may make both as long as it likes. */
const longestText = 64 * 1024
const longestName = 998

/** Null while the leg is open. */
export const overState = ({ state }: Pick<Leg, 'state'>): OverState | null =>
  state === 'waiting' || state === 'held' ? null : state

/** A Message-ID is written with brackets here and without them there. */
export const plainName = (name: string | undefined): string | null =>
  name === undefined || name === '' ? null : name.trim().replace(/^<|>$/g, '').slice(0, longestName)

function searched({ message, domain, recipients }: Leg): string {
  const addresses = recipients.map(({ address }) => address)
  return [message.sender, domain, message.subject ?? '', ...addresses]
    .join('\n')
    .slice(0, longestText)
    .toLowerCase()
}

export function legText(leg: Leg): LegText {
  const { id, message: _message, ...rest } = leg
  const sessions = [...new Set(leg.history.flatMap(({ session }) => session ?? []))]
  return {
    id,
    state: leg.state,
    text: overState(leg) === null ? null : searched(leg),
    sessions,
    forgot: leg.tries > leg.history.length,
    json: JSON.stringify(rest),
  }
}

export function queuedText(message: QueuedMessage, legs: readonly Leg[]): QueuedText {
  return {
    id: message.id,
    messageId: plainName(message.messageId),
    envid: plainName(message.envid),
    alone: message.own === true,
    json: JSON.stringify(message),
    legs: legs.map(legText),
  }
}

type Shape = Readonly<Record<string, 'string' | 'number' | 'array'>>
const messageShape: Shape = { id: 'string', session: 'string', body: 'number', receivedAt: 'number', sender: 'string', size: 'number', prefix: 'string', cuts: 'array' } // prettier-ignore
const legShape: Shape = { domain: 'string', recipients: 'array', state: 'string', nextAt: 'number', tries: 'number', history: 'array' } // prettier-ignore

/** What the queue could not work without; the rest was written by this program. */
function hasShape(value: unknown, shape: Shape): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(shape).every(([name, kind]) => {
    const field: unknown = Reflect.get(value, name)
    return kind === 'array' ? Array.isArray(field) : typeof field === kind
  })
}
type LegRest = Omit<Leg, 'id' | 'message'>
const isMessage = (value: unknown): value is QueuedMessage => hasShape(value, messageShape)
const isLeg = (value: unknown): value is LegRest => hasShape(value, legShape)

const damaged = (what: string): StoreError =>
  new StoreError('corrupt', `${what} is damaged in the database and is left out. The rest is not concerned.`)

/** Null for what cannot be read, told to `fault` by its name. */
export function readJson<T>(
  json: string,
  what: string,
  fault: (error: StoreError) => void,
  is: (value: unknown) => value is T,
): T | null {
  try {
    const value: unknown = JSON.parse(json)
    if (is(value)) return value
  } catch {
    // Told below.
  }
  fault(damaged(what))
  return null
}

/** Legs of one answer share their message. */
export function readLegs({ messages, legs }: LegTexts, fault: (error: StoreError) => void): Leg[] {
  const read = messages.map(({ id, json }) =>
    readJson(json, `Message ${id} of the relay's queue`, fault, isMessage),
  )
  return legs.flatMap(({ id, message: place, json }) => {
    const message = read[place]
    if (message === null || message === undefined) return []
    const leg = readJson(json, `Leg ${id} of the relay's queue`, fault, isLeg)
    return leg === null ? [] : [{ ...leg, id, message }]
  })
}
