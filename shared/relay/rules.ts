/**
 * Owns: the rules of a policy in the order in which they are looked at for one recipient, each as a function of the attempt:
 *
 * 1. whether the connection must be sealed (RFC 3207 §4);
 * 2. sources that may relay without showing anything;
 * 3. who has signed in;
 * 4. mail to relay domains and relay addresses, which may come from anybody, as to any public MX;
 * 5. sources of whom signing in is asked;
 * 6. nobody else: what no rule allows is refused, so that an empty policy is no open relay.
 */
import { domainOf } from '../smtp/grammar/mailbox.ts'
import type { RelayAttempt } from './decision.ts'
import type { RelayPolicy } from './policy.ts'
import { allow, at, decides, no, refuse, type Rule, type Section } from './rule.ts'
import { relayAddresses, relayDomains } from './rulesByRecipient.ts'
import { alwaysAllow, beforeAuth, requireAuth, requireStarttls } from './rulesBySource.ts'

/** Of one rule. */
const single = (rule: Rule): Section => ({
  rules: [rule],
  first: (attempt) => (decides(rule.look(attempt)) ? 0 : -1),
})

function signedIn({ users }: RelayPolicy): Section {
  if (users.length === 0) return { rules: [], first: () => -1 }
  const names = new Set(users.map(({ name }) => name))
  return single({
    text: users.length === 1 ? `smtp-user ${users[0]!.name}` : `smtp-user, ${users.length} of them`,
    ...at(users[0]!.line),
    look: ({ user }) => {
      if (user === undefined) return no('Nobody has signed in')
      return names.has(user)
        ? allow(`Signed in as ${user}`, `${user} has signed in`)
        : no(`${user} is none of the users of this relay`)
    },
  })
}

const nobodyElse: Rule = {
  text: 'everybody else',
  look: ({ recipient }) =>
    refuse(
      'No rule above allows it',
      `no rule lets this client send to ${domainOf(recipient).toLowerCase()}`,
      550, '5.7.1', 'Relaying denied',
    ), // prettier-ignore
}

/** A policy as it is decided by: the rules in their order, and the first of them that decides. */
export interface CompiledPolicy {
  rules: readonly Rule[]
  /** Number of the rule that decides, from 1. The cost does not grow with the number of sources, domains or literal addresses. */
  decidedBy: (attempt: RelayAttempt) => number
}

const made = new WeakMap<RelayPolicy, CompiledPolicy>()

/** Once for each policy, which is not changed after it was given here. */
export function compiled(policy: RelayPolicy): CompiledPolicy {
  const known = made.get(policy)
  if (known !== undefined) return known
  const sections = [requireStarttls, alwaysAllow, beforeAuth, signedIn, relayDomains, relayAddresses, requireAuth].map((make) => make(policy))
  const rules = [...sections.flatMap((section) => section.rules), nobodyElse]
  const decidedBy = (attempt: RelayAttempt): number => {
    let before = 0
    for (const section of sections) {
      const place = section.first(attempt)
      if (place >= 0) return before + place + 1
      before += section.rules.length
    }
    return rules.length
  }
  const compiledPolicy = { rules, decidedBy }
  made.set(policy, compiledPolicy)
  return compiledPolicy
} // prettier-ignore

/** In the order in which they are looked at; the last one matches everybody. */
export const rulesOf = (policy: RelayPolicy): readonly Rule[] => compiled(policy).rules

export { inDomain } from './rulesByRecipient.ts'
