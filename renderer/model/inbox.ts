/** Owns: the Inbox list as values: its order, what a change does to it, and the words of one row. */
import type { InboxChange, MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { parseAddressList } from '#shared/smtp/grammar/addressList.ts'
import { clockTime } from './measures.ts'

/** Newest first; equal times by id, so that the order never depends on arrival. */
export const newerMessage = (a: MessageSummary, b: MessageSummary): number =>
  a.receivedAt === b.receivedAt ? b.id.localeCompare(a.id) : b.receivedAt.localeCompare(a.receivedAt)

/** The list with these in it: known ones replaced where they stand, new ones at their places. */
export function putMessages(
  items: readonly MessageSummary[],
  put: readonly MessageSummary[],
): MessageSummary[] {
  const fresh = new Map(put.map((one) => [one.id, one]))
  const kept = items.map((one) => {
    const next = fresh.get(one.id)
    fresh.delete(one.id)
    return next ?? one
  })
  if (fresh.size === 0) return kept
  return [...kept, ...fresh.values()].toSorted(newerMessage)
}

/** The last word of a batch about each message: what to put, what is gone; `cleared` when all before it went. */
export function foldChanges(changes: readonly InboxChange[]): {
  cleared: boolean
  put: MessageSummary[]
  gone: string[]
  /** So much changed that only reading anew tells. */
  many: boolean
} {
  let cleared = false
  let many = false
  const put = new Map<string, MessageSummary>()
  const gone = new Set<string>()
  for (const change of changes) {
    if (change.type === 'cleared') {
      cleared = true
      put.clear()
      gone.clear()
    } else if (change.type === 'gone')
      for (const id of change.ids) {
        put.delete(id)
        gone.add(id)
      }
    else if (change.type === 'many') many = true
    else {
      put.set(change.summary.id, change.summary)
      gone.delete(change.summary.id)
    }
  }
  return { cleared, put: [...put.values()], gone: [...gone], many }
}

/** Characters that turn the writing direction of what follows: with them `exe.fdp` shows as `pdf.exe` (CVE-2021-42574). */
const turning = /[\u202a-\u202e\u2066-\u2069]/g

/** A peer's words on one line, where they must not make one address or name look like another. */
export const spelled = (text: string): string =>
  text.replace(turning, (mark) => `\\u{${mark.codePointAt(0)!.toString(16)}}`)

/** The name a person knows the sender by; a bounce has none (RFC 5321 §4.5.5). */
export function senderName({
  from,
  mailFrom,
  outcome,
  user,
  decided,
}: Pick<MessageSummary, 'from' | 'mailFrom'> &
  Partial<Pick<MessageSummary, 'outcome' | 'user' | 'decided'>>): string {
  if (outcome !== undefined && outcome !== 'kept')
    return user ?? (mailFrom === '' ? (decided?.client ?? 'unknown client') : mailFrom)
  const list = parseAddressList(from)
  const first = list.ok ? list.addresses[0] : undefined
  const name = first ? first.name || first.address : from.trim()
  if (name !== '') return spelled(name)
  return mailFrom === '' ? '(no sender, bounce)' : mailFrom
}

export const subjectWords = (subject: string): string =>
  subject.trim() === '' ? '(no subject)' : spelled(subject)

/** As "shop-worker, orders@shop.example": who signed in, else how it came, and the envelope's sender. */
export function arrivalWords({ user, sealed, mailFrom }: MessageSummary): string {
  const who = user ?? (sealed ? 'no sign-in' : 'sent in clear, no sign-in')
  return mailFrom === '' ? who : `${who}, ${mailFrom}`
}

/** Days since 1970 by the person's calendar; UTC, because a day of theirs may have 23 hours. */
const day = (one: Date) => Date.UTC(one.getFullYear(), one.getMonth(), one.getDate()) / 86_400_000

/** `10:42` today, `Mon` within six days, else `12 Mar`, with the year when it is another. */
export function arrivalTime(iso: string, now: Date = new Date()): string {
  const date = new Date(iso)
  const age = day(now) - day(date)
  if (age === 0) return clockTime(iso)
  if (age > 0 && age < 7) return date.toLocaleDateString('en-GB', { weekday: 'short' })
  const words = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
  return date.getFullYear() === now.getFullYear() ? words : `${words} ${date.getFullYear()}`
}

/**
 * What is shown while a pointer is over the list: no new row pushes the one under it away. Rows that are gone go; those
 * that come in above the last held one wait, those below it (an older page) are shown.
 */
export function calmList(
  items: readonly MessageSummary[],
  held: ReadonlySet<string> | null,
): { shown: readonly MessageSummary[]; waiting: number } {
  if (held === null) return { shown: items, waiting: 0 }
  const last = items.findLastIndex(({ id }) => held.has(id))
  const shown = items.filter(({ id }, place) => place > last || held.has(id))
  return { shown, waiting: items.length - shown.length }
}
