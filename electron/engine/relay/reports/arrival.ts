/**
 * Owns: a message that may be a report, as it comes from the relay's intake or from the Inbox, and whether it is worth
 * reading: decided from its header alone.
 */
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { headerEnd } from '../../message/source.ts'
import type { Store } from '../../store/types.ts'
import type { QueuedMessage } from '../types.ts'

export interface Arrival {
  /** `SESSION.BODY`, or the Inbox's id. */
  id: string
  session: string
  /** Reverse-path without brackets. */
  sender: string
  at: Date
  /** The first octets where they are at hand. */
  head: Uint8Array | null
  /** Octets [0, size); null when it is gone. */
  read(size: number): Promise<{ bytes: Uint8Array; total: number } | null>
}

/** Octets of a header section that are looked through. */
export const mostLooked = 64 << 10

/** Null for reports of our own. */
export function relayArrival(
  message: QueuedMessage,
  head: Uint8Array,
  store: Pick<Store, 'readContent'>,
): Arrival | null {
  if (message.own === true) return null
  const { id, session, body, sender, receivedAt } = message
  return {
    id,
    session,
    sender,
    at: new Date(receivedAt),
    // A copy: the intake may use its memory again.
    head: head.slice(0, mostLooked),
    read: (size) => store.readContent(session, body, 0, size),
  }
}

/** Who sends reports with a reverse-path of its own: feedback loops, and some gateways. */
const reporters = /mailer-daemon|postmaster|feedback|complaint|abuse|bounce/iu

/**
 * Its header is not at hand, and to read each message of a flood would take the store's time from those that come: null
 * for what neither comes from nobody, nor carries a message, nor is from somebody who is named like a reporter.
 */
export function inboxArrival(message: MessageSummary, store: Pick<Store, 'readMessage'>): Arrival | null {
  if (message.outcome !== 'kept') return null
  const likely = message.mailFrom === '' || message.attachments > 0
  if (!likely && !reporters.test(`${message.mailFrom} ${message.from.slice(0, 1000)}`)) return null
  const { id, session, mailFrom, receivedAt } = message
  return {
    id,
    session,
    sender: mailFrom,
    at: new Date(receivedAt),
    head: null,
    read: (size) => store.readMessage(id, 0, size),
  }
}

/** A few searches in some kilobytes: cheap enough for each message that comes. */
export function mayBeReport(head: Uint8Array, sender: string): boolean {
  const looked = head.subarray(0, mostLooked)
  const text = Buffer.from(looked.subarray(0, headerEnd(looked))).toString('latin1')
  const type = /^content-type[ \t]*:((?:[^\n]|\n[ \t]){0,1000})/imu.exec(text)?.[1]?.toLowerCase()
  if (type !== undefined && /^\s*multipart\/report\s*(?:;|$)/u.test(type)) return true
  if (sender !== '') return false
  // The older shapes: no MIME, or Exim's own field.
  return /^x-failed-recipients[ \t]*:/imu.test(text) || type === undefined || type.includes('text/plain')
}
