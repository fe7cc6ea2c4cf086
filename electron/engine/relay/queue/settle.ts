/** Owns: what one try changes in a leg: its recipients, its history, when it is tried next or that it is over. Pure. */
import { waitAfter, type OutboundRules } from '#shared/relay/outbound.ts'
import type { LegTry } from '#shared/rpc/contract/relay.ts'
import type { Leg, LegRecipient, RecipientOutcome } from '../types.ts'
import { givenUpWords } from './givenUp.ts'

const mostHistory = 50
/**
 * A wait is at most so much longer than the policy's, so that what failed together is not tried together; never shorter: who
 * asks for an hour may have promised it to somebody.
 */
const spread = 0.05
/** Milliseconds: what is due within them is not looked at for a clock that was wrong. */
const certain = 60_000

export interface Settling {
  rules: Pick<OutboundRules, 'retryAfter' | 'bounceAfter'>
  now: number
  /** From 0 up to 1. */
  random: number
}

/** What the try came to for the message: the words are those that kept it, where anything did. */
export function tryOf(
  outcomes: readonly RecipientOutcome[],
  more: Omit<LegTry, 'outcome' | 'words'>,
): LegTry {
  const kept = outcomes.find(({ outcome }) => outcome !== 'delivered')
  const some = outcomes.some(({ outcome }) => outcome === 'delivered')
  const again = outcomes.some(({ outcome }) => outcome === 'again')
  const outcome = !kept ? 'delivered' : some ? 'partly' : again ? 'again' : 'failed'
  return { ...more, outcome, words: (kept ?? outcomes[0])?.words ?? '' }
}

/** Changes the leg in place. */
export function settle(
  leg: Leg,
  outcomes: readonly RecipientOutcome[],
  tried: LegTry,
  settling: Settling,
): void {
  applyOutcomes(leg, outcomes)
  leg.tries++
  leg.history.push(tried)
  if (leg.history.length > mostHistory) leg.history.splice(0, leg.history.length - mostHistory)
  const open = openOf(leg)
  if (open.length === 0) return close(leg)
  const { rules, now, random } = settling
  const age = now - leg.message.receivedAt
  const wait = waitAfter(rules, leg.tries, age)
  if (wait === null) return giveUp(leg, open, rules.bounceAfter)
  // The last try falls on the very end.
  leg.nextAt = now + Math.min(Math.round(wait * (1 + spread * random)), rules.bounceAfter - age)
}

/**
 * Brings the next try nearer that lies further away than its wait may be: it was reckoned by a clock that has been set back
 * since, or by other rules. A message that was not tried yet goes within a minute; one that came in the future came now, or
 * it would be given up as much later.
 */
export function notLater(leg: Leg, rules: () => Pick<OutboundRules, 'retryAfter'>, now: number): void {
  const { message } = leg
  if (message.receivedAt - now >= certain) message.receivedAt = now
  if (leg.nextAt - now < certain) return
  const { retryAfter } = rules()
  const wait = leg.tries === 0 ? certain : retryAfter[Math.min(leg.tries, retryAfter.length) - 1]!
  if (leg.nextAt - now > wait * (1 + spread)) leg.nextAt = now + wait
}

function applyOutcomes({ recipients }: Leg, outcomes: readonly RecipientOutcome[]): void {
  const [only] = outcomes
  const byAddress =
    outcomes.length > 1 ? new Map(outcomes.map((outcome) => [outcome.address, outcome])) : null
  for (const recipient of recipients) {
    if (recipient.state !== 'open') continue
    const found = byAddress ? byAddress.get(recipient.address) : only
    if (found?.address !== recipient.address) continue
    recipient.words = found.words
    if (found.outcome !== 'again') recipient.state = found.outcome
  }
}

export const openOf = ({ recipients }: Leg): LegRecipient[] =>
  recipients.filter(({ state }) => state === 'open')

/** Nobody is left: over, by what became of all. */
export function close(leg: Leg): void {
  const has = (state: LegRecipient['state']): boolean => leg.recipients.some((one) => one.state === state)
  leg.state = has('failed') ? 'bounced' : has('delivered') ? 'delivered' : 'dropped'
  delete leg.why
  delete leg.toAllow
}

function giveUp(leg: Leg, open: readonly LegRecipient[], within: number): void {
  for (const recipient of open) {
    recipient.state = 'failed'
    recipient.words = givenUpWords(recipient.words, leg.tries, within)
  }
  close(leg)
}
