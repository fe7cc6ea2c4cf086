/** Owns: one row of the box as the contract's summary: a message, or a session that left none. */
import { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { isOutcome } from './boxCounts.ts'

export type Row = Record<string, unknown>
const text = (row: Row, name: string): string => (typeof row[name] === 'string' ? row[name] : '')

export const boxColumns =
  'n, id, session, receivedAt, mailFrom, rcptTo, port, sealed, user, size, unread, fromText, toText, subject, attachments, starred, outcome, tags, decided'

function strings(json: string): string[] {
  if (json === '') return []
  const list: unknown = JSON.parse(json)
  return Array.isArray(list) ? list.map(String) : []
}

const Decided = MessageSummary.shape.decided.unwrap()

export function toSummary(row: Row): MessageSummary {
  const decided = text(row, 'decided')
  return {
    id: text(row, 'id'),
    session: text(row, 'session'),
    receivedAt: text(row, 'receivedAt'),
    mailFrom: text(row, 'mailFrom'),
    rcptTo: strings(text(row, 'rcptTo')),
    from: text(row, 'fromText'),
    to: text(row, 'toText'),
    subject: text(row, 'subject'),
    size: Number(row['size']),
    attachments: Number(row['attachments'] ?? 0),
    unread: row['unread'] === 1,
    port: Number(row['port']),
    sealed: row['sealed'] === 1,
    ...(typeof row['user'] === 'string' ? { user: row['user'] } : {}),
    starred: row['starred'] === 1,
    tags: strings(text(row, 'tags')),
    outcome: isOutcome(row['outcome']) ? row['outcome'] : 'kept',
    ...(decided === '' ? {} : { decided: Decided.parse(JSON.parse(decided)) }),
  }
}

const mostTags = 20
const longestTag = 60

/** The +suffixes of the recipients (RFC 5233 §4) and the tags that the header names, once each. */
export function tagsOf(rcptTo: readonly string[], named: readonly string[]): string[] {
  const suffixes = rcptTo
    .slice(0, 100)
    .flatMap((address) => /^[^+@]{1,64}\+([^@]{1,64})@/u.exec(address)?.[1] ?? [])
  const all = [...suffixes, ...named].map((tag) => tag.trim().toLowerCase().slice(0, longestTag))
  return [...new Set(all)].filter((tag) => tag !== '').slice(0, mostTags)
}
