/**
 * Owns: final delivery into the Inbox: the message with the fields of its way and Return-Path in front (RFC 5321 §4.4), as
 * a further body of the session that brought it. What a kill left half done is recognised by its number, so that a message
 * comes into the Inbox once.
 */
import { firstLocalBody as firstBody } from '#shared/relay/localBody.ts'
import type { Store } from '../../store/types.ts'
import type { Leg, RecipientOutcome } from '../types.ts'
import { openContent } from './content.ts'
import { openOf } from './settle.ts'

const legsOfBody = 2000
const stretch = 262_144

/** Number of the body, of the leg's own: `MESSAGE/N`. */
export function localBody({ id, message }: Pick<Leg, 'id' | 'message'>): number {
  const leg = Number(id.slice(id.lastIndexOf('/') + 1)) % legsOfBody
  return firstBody + ((message.body * legsOfBody) % (firstBody - legsOfBody)) + leg
}

type LocalStore = Pick<Store, 'readContent' | 'openContent'>

/** Rejects with a StoreError; then nothing of it is kept. */
export async function deliverLocally(
  leg: Leg,
  bytes: Uint8Array | null,
  store: LocalStore,
): Promise<RecipientOutcome[]> {
  const { message } = leg
  const recipients = openOf(leg).map(({ address }) => address)
  const all = (outcome: RecipientOutcome['outcome'], words: string, enhanced: string): RecipientOutcome[] =>
    recipients.map((address) => ({
      address,
      outcome,
      words,
      enhanced,
      code: outcome === 'failed' ? 554 : 250,
    }))
  const body = localBody(leg)
  const kept = '250 2.1.5 Kept in the Inbox'
  if ((await store.readContent(message.session, body, 0, 1)) !== null) return all('delivered', kept, '2.1.5')
  const source = await openContent(message, bytes, store, `Return-Path: <${message.sender}>\r\n`)
  if (source === null)
    return all('failed', '554 5.3.0 The content of the message is no longer in the store', '5.3.0')
  const writer = store.openContent(message.session, body)
  try {
    for (let last = false; !last;) {
      const part = await source.read(stretch)
      last = part.last
      if (!writer.append(part.bytes)) await writer.drain()
    }
    const { sender, receivedAt, port = 0, sealed = false, user } = message
    await writer.commit({
      receivedAt: new Date(receivedAt).toISOString(),
      mailFrom: sender,
      rcptTo: recipients,
      port,
      sealed,
      ...(user === undefined ? {} : { user }),
    })
  } catch (error) {
    writer.discard()
    throw error
  }
  return all('delivered', kept, '2.1.5')
}
