/**
 * Owns: what names the original in the header section that came back with a report: its Message-ID, ids of the servers that
 * had it, whom it was for.
 */
import PostalMime, { type Address } from 'postal-mime'
import { headLimit } from '../../message/parse.ts'
import { headerEnd } from '../../message/source.ts'
import type { Returned } from './types.ts'

const mostReceived = 50
const mostRecipients = 1000

/** Undefined when nothing in it could be read. */
export async function readReturned(bytes: Uint8Array, kind: Returned['kind']): Promise<Returned | undefined> {
  const start = bytes.subarray(0, headLimit)
  const head = start.subarray(0, headerEnd(start))
  if (head.length === 0) return undefined
  try {
    const email = await PostalMime.parse(head, { maxHeadersSize: headLimit * 2 })
    const received = email.headers.filter(({ key }) => key === 'received').slice(0, mostReceived)
    return {
      messageId: messageIds(email.messageId ?? '')[0],
      receivedIds: received.flatMap(({ value }) => idOf(value) ?? []),
      recipients: mailboxes([...(email.to ?? []), ...(email.cc ?? []), ...(email.bcc ?? [])]),
      kind,
    }
  } catch {
    return undefined
  }
}

/** Ids with their brackets, as `<a@b>`; at most twenty. */
export const messageIds = (value: string): string[] =>
  (value.slice(0, 20_000).match(/<[^<>\s]{1,900}>/gu) ?? []).slice(0, 20)

/** RFC 5321 §4.4: `id` stands before `for` and the date. */
const idOf = (received: string): string | undefined =>
  /\sid\s{1,20}<?([^\s;<>]{1,200})/iu.exec(received.slice(0, 4000))?.[1]

const mailboxes = (addresses: readonly Address[]): string[] =>
  addresses
    .slice(0, mostRecipients)
    .flatMap((entry) => (entry.group ?? [entry]).flatMap(({ address }) => (address ? [address] : [])))
    .slice(0, mostRecipients)
