/**
 * Owns: of what a sender is to be told after a try: failures, a delay once, success where the next hop does not report it
 * itself (RFC 3461 §4.1, §5.2). Nobody is told of mail with an empty reverse-path.
 */
import type { LegTry } from '#shared/rpc/contract/relay.ts'
import type { Store } from '../../store/types.ts'
import type { Leg, LegRecipient, QueuedMessage, RecipientOutcome } from '../types.ts'
import { outcomeFromWords } from './outcomes.ts'
import type { Original, ReportKind, Timing } from './types.ts'

export interface ReportDue {
  kind: ReportKind
  outcomes: RecipientOutcome[]
}

export interface TryEnd {
  outcomes: readonly RecipientOutcome[]
  tried: LegTry
  /** Into the Inbox. */
  local: boolean
  now: number
  timing: Pick<Timing, 'delayAsked' | 'delayUnasked'>
}

/** Call when the try is settled in the leg. */
export function reportsDue(leg: Leg, end: TryEnd): ReportDue[] {
  const { message, recipients } = leg
  if (message.sender === '' || message.own === true) return []
  const due: ReportDue[] = []
  const failed = recipients.filter(
    (one) => one.state === 'failed' && one.told !== true && wants(one, 'FAILURE'),
  )
  const late = leg.delayTold !== true && leg.state === 'waiting' && end.outcomes.length > 0
  const age = end.now - message.receivedAt
  const asked = end.outcomes.some(({ outcome, dsnPassed }) => outcome === 'delivered' && dsnPassed !== true)
  // The common case, thousands of times a second: delivered, and nobody asked to be told.
  if (failed.length === 0 && !(late && age >= end.timing.delayAsked) && !asked) return due
  const known = new Map(end.outcomes.map((outcome) => [outcome.address, outcome]))
  const of = (one: LegRecipient, outcome: RecipientOutcome['outcome']): RecipientOutcome =>
    known.get(one.address) ?? outcomeFromWords(one.address, one.words ?? '', outcome)
  if (failed.length > 0) due.push({ kind: 'failed', outcomes: failed.map((one) => of(one, 'failed')) })
  const succeeded = recipients.filter((one) => one.told !== true && one.notify?.includes('SUCCESS') === true && isDone(known.get(one.address))) // prettier-ignore
  if (succeeded.length > 0) due.push({ kind: end.local ? 'delivered' : 'relayed', outcomes: succeeded.map((one) => of(one, 'delivered')) }) // prettier-ignore
  const delayed = late
    ? recipients.filter((one) => one.state === 'open' && age >= delayOf(one, end.timing))
    : []
  if (delayed.length > 0) due.push({ kind: 'delayed', outcomes: delayed.map((one) => of(one, 'again')) })
  return due
}

const isDone = (outcome: RecipientOutcome | undefined): boolean =>
  outcome?.outcome === 'delivered' && outcome.dsnPassed !== true

/** Without NOTIFY failures and delays may be told of (RFC 3461 §4.1). */
const wants = ({ notify }: LegRecipient, what: 'FAILURE' | 'DELAY'): boolean => notify?.includes(what) ?? true

/** Age at which this recipient's sender is told of a delay. */
const delayOf = (one: LegRecipient, { delayAsked, delayUnasked }: TryEnd['timing']): number =>
  !wants(one, 'DELAY') ? Infinity : one.notify === undefined ? delayUnasked : delayAsked

/** They have been told. */
export function markTold(leg: Leg, { kind, outcomes }: ReportDue): void {
  if (kind === 'delayed') {
    leg.delayTold = true
    return
  }
  const told = new Set(outcomes.map(({ address }) => address))
  for (const recipient of leg.recipients) if (told.has(recipient.address)) recipient.told = true
}

/** Octets: a head beyond is cut, a message beyond goes back by its head alone. */
const mostHead = 65_536
const mostWhole = 262_144

/** What may go back with a report. Rejects with a StoreError; a content that is gone gives an empty head. */
export async function readOriginal(
  { session, body, size, ret }: QueuedMessage,
  kind: ReportKind,
  bytes: Uint8Array | null,
  store: Pick<Store, 'readContent'>,
): Promise<Original> {
  const whole = kind === 'failed' && ret === 'FULL' && size <= mostWhole
  const wanted = Math.min(size, whole ? mostWhole : mostHead)
  const read = bytes?.subarray(0, wanted) ?? (await store.readContent(session, body, 0, wanted))?.bytes ?? new Uint8Array() // prettier-ignore
  const head = read.subarray(0, headEnd(read))
  return whole && read.length === size ? { head, whole: read } : { head }
}

/** Behind the empty line; all where there is none. */
function headEnd(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(13); at >= 0; at = bytes.indexOf(13, at + 1))
    if (bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10)
      return Math.min(at + 4, mostHead)
  return Math.min(bytes.length, mostHead)
}
