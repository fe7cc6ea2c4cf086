/** Owns: what would let a refused attempt through: each change tried on the same attempt, so that none is promised that fails. */
import { domainOf } from '../smtp/grammar/mailbox.ts'
import { decideRelay } from './decide.ts'
import type { RelayAttempt, RelayDecision } from './decision.ts'
import { readDomain, Wrong } from './notation/values.ts'
import { readPattern } from './pattern.ts'
import type { RelayPolicy } from './policy.ts'

export interface Suggestion {
  /** What to do: `Sign in as foo`. */
  title: string
  decision: RelayDecision
  /** The changed rules; absent where the client has to do something else instead. */
  policy?: RelayPolicy
}

/** For a refused attempt; one that may relay needs none. Those that work come first. */
export function suggestionsFor(policy: RelayPolicy, attempt: RelayAttempt): Suggestion[] {
  if (decideRelay(policy, attempt).relay) return []
  const trying = (title: string, changed: RelayPolicy | null, given: RelayAttempt): Suggestion => ({
    title,
    decision: decideRelay(changed ?? policy, given),
    ...(changed === null ? {} : { policy: changed }),
  })
  const user = policy.users[0]
  const { client, recipient } = attempt
  const domain = domainOf(recipient).toLowerCase()
  const tried = [
    ...(attempt.secured ? [] : [trying('Use STARTTLS', null, { ...attempt, secured: true })]),
    ...(user && attempt.user === undefined
      ? [trying(`Sign in as ${user.name}, over TLS`, null, { ...attempt, secured: true, user: user.name })]
      : []),
    trying(
      `Always allow relaying from ${client}`,
      { ...policy, sources: [...policy.sources, { match: client, alwaysAllowRelaying: true }] },
      attempt,
    ),
    // An address literal is no domain, and rules that cannot be written could not be taken.
    ...(readDomain(domain, false) instanceof Wrong
      ? []
      : [
          trying(
            `Make ${domain} a relay domain`,
            { ...policy, relayDomains: [...policy.relayDomains, { domain }] },
            attempt,
          ),
        ]),
    ...(typeof readPattern(recipient) === 'string'
      ? []
      : [
          trying(
            `Make ${recipient} a relay address`,
            { ...policy, relayAddresses: [...policy.relayAddresses, { pattern: recipient }] },
            attempt,
          ),
        ]),
  ]
  return tried.toSorted((a, b) => Number(b.decision.relay) - Number(a.decision.relay))
}
