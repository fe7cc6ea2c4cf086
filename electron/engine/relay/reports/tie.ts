/**
 * Owns: which entry of the queue a report speaks of, and how we know. What only our message had proves it: its envelope id,
 * its Message-ID, our own id in its trace. An address alone proves nothing: anybody may write one into a report.
 */
import type { RelayReport } from '#shared/rpc/contract/relay.ts'
import { decodeXtext } from '#shared/smtp/grammar/xtext.ts'
import type { Leg, RelayStore } from '../types.ts'
import { complaintWords, feedbackKind, statusWords } from './reportWords.ts'
import type { ReadRecipient, ReadReport } from './types.ts'

export interface ReportSource {
  /** Of the message that is the report: `SESSION.BODY`. */
  id: string
  session: string
  at: Date
}

interface Found {
  legs: readonly Leg[]
  by: string
}

/** One row for each recipient that it speaks of, at least one. Rejects only as the store does. */
export async function tieReport(
  read: ReadReport,
  source: ReportSource,
  store: Pick<RelayStore, 'findLegs'>,
): Promise<RelayReport[]> {
  const found = await find(read, store)
  const rows = read.feedback === undefined ? statusRows(read, found) : complaintRows(read, found)
  return rows.map((row, at) => ({
    ...row,
    id: `${source.id}/${at + 1}`,
    at: source.at.toISOString(),
    session: source.session,
  }))
}

type Row = Omit<RelayReport, 'id' | 'at' | 'session'>

function statusRows(read: ReadReport, found: Found | null): Row[] {
  if (read.recipients.length === 0) return [unreadable(read, found)]
  return read.recipients.map((recipient) => ({
    kind: recipient.action,
    recipient: (recipient.final ?? recipient.original)?.address ?? '',
    ...(recipient.status === undefined ? {} : { status: recipient.status }),
    words: statusWords(read, recipient),
    ...tied(found, addressesOf(recipient)),
  }))
}

function complaintRows(read: ReadReport, found: Found | null): Row[] {
  const { originalRcptTo = [], type = 'other' } = read.feedback ?? {}
  // Many providers hide whom it is from: then those of the returned header, where it is one alone.
  const returned = read.returned?.recipients ?? []
  const whom = originalRcptTo.length > 0 ? originalRcptTo : returned.length === 1 ? returned : ['']
  return whom.map((recipient) => ({
    kind: feedbackKind(type),
    recipient,
    words: complaintWords(read, recipient),
    ...tied(found, recipient === '' ? [] : [recipient]),
  }))
}

function unreadable(read: ReadReport, found: Found | null): Row {
  const why = read.problems.at(-1) ?? 'It names no recipient.'
  return {
    kind: 'other',
    recipient: '',
    words: `A report that could not be read. ${why}`,
    ...tied(found, []),
  }
}

/** As they stand there, and with xtext undone, which some programs forget (RFC 3464 §2.3.1). */
function addressesOf({ original, final }: ReadRecipient): string[] {
  return [original, final].flatMap((typed) => (typed === undefined ? [] : bothForms(typed.address)))
}

function bothForms(text: string): string[] {
  const decoded = decodeXtext(text)
  return decoded.ok && decoded.value !== text ? [text, decoded.value] : [text]
}

/** The strongest proof first; the first that finds something counts. */
async function find(read: ReadReport, store: Pick<RelayStore, 'findLegs'>): Promise<Found | null> {
  const { envelopeId, returned, references } = read
  const asks: { ask: Parameters<RelayStore['findLegs']>[0]; by: string }[] = []
  for (const envid of envelopeId === undefined ? [] : bothForms(envelopeId))
    asks.push({ ask: { envid }, by: 'Original-Envelope-Id' })
  if (returned?.messageId !== undefined)
    asks.push({ ask: { messageId: returned.messageId }, by: `Message-ID of the returned ${returned.kind}` })
  for (const id of (returned?.receivedIds ?? []).filter(isQueueId))
    asks.push({ ask: { id }, by: `our queue id in Received of the returned ${returned?.kind}` })
  // Of the report itself, where nothing came back.
  for (const messageId of references.slice(0, 5))
    asks.push({ ask: { messageId }, by: 'References of the report' })
  for (const { ask, by } of asks) {
    const legs = (await store.findLegs(ask)).filter(({ message }) => message.own !== true)
    if (legs.length > 0) return { legs, by }
  }
  return null
}

/** `SESSION.BODY`; ids of other servers are not asked for. */
const isQueueId = (id: string): boolean => /^[\w-]{1,100}\.\d{1,9}$/u.test(id)

/** Among the legs of the message the one with the recipient; without one, the only leg that there is. */
function tied(found: Found | null, addresses: readonly string[]): Pick<Row, 'leg' | 'foundBy'> {
  if (found === null) return {}
  const wanted = new Set(addresses.map(plain))
  const mine = found.legs.find(({ recipients }) =>
    recipients.some(({ address, orcpt }) => wanted.has(plain(address)) || wanted.has(plain(orcpt ?? ''))),
  )
  const leg = mine ?? (found.legs.length === 1 ? found.legs[0] : undefined)
  return leg === undefined ? {} : { leg: leg.id, foundBy: found.by }
}

/** Servers change the case of addresses; the message is proven already. */
const plain = (address: string): string =>
  address.replace(/^(?:rfc822|utf-8);/iu, '').trim().toLowerCase() // prettier-ignore
