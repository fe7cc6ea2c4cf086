/**
 * Owns: who is told of what (RFC 3461 §4.1, §5.2). A recipient's NOTIFY decides; without one, failures and delays are
 * reported: §4.1 lets an MTA read its absence as FAILURE or as FAILURE,DELAY, and mail that waits for days unseen is
 * what RFC 5321 §4.5.4.1 leaves the sender with otherwise.
 */
import type { Leg, LegRecipient } from '../types.ts'
import type { ReportGiven, ReportKind, Told } from './types.ts'

type Asked = 'SUCCESS' | 'FAILURE' | 'DELAY'

const wish: Readonly<Record<ReportKind, Asked>> = {
  failed: 'FAILURE',
  delayed: 'DELAY',
  delivered: 'SUCCESS',
  relayed: 'SUCCESS',
}
const byDefault: readonly Asked[] = ['FAILURE', 'DELAY']

/** Recipients in the leg's order; empty when nobody wants to know. */
export function whomToTell({ kind, leg, outcomes }: Pick<ReportGiven, 'kind' | 'leg' | 'outcomes'>): Told[] {
  const last = new Map(outcomes.map((outcome) => [outcome.address, outcome]))
  return leg.recipients.flatMap((recipient) => {
    const outcome = last.get(recipient.address)
    if (outcome === undefined || !asksFor(recipient, wish[kind])) return []
    return concerns(kind, recipient, outcome) ? [{ recipient, outcome }] : []
  })
}

const asksFor = ({ notify }: LegRecipient, asked: Asked): boolean => (notify ?? byDefault).includes(asked)

function concerns(kind: ReportKind, recipient: LegRecipient, outcome: Told['outcome']): boolean {
  // Given up after a temporary failure: the server's last word was 4xx.
  if (kind === 'failed')
    return outcome.outcome === 'failed' || (outcome.outcome === 'again' && recipient.state === 'failed')
  if (kind === 'delayed') return outcome.outcome === 'again' && recipient.state !== 'failed'
  // The next hop reports it itself when NOTIFY went with it (RFC 3461 §5.2.1).
  return outcome.outcome === 'delivered' && outcome.dsnPassed !== true
}

/** Nobody is told of mail with an empty reverse-path: reports would breed reports (RFC 5321 §6.1, RFC 3461 §5.2). */
export const mayBeTold = ({ message }: Leg): boolean => message.sender !== '' && message.own !== true
