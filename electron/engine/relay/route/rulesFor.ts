/**
 * Owns: the outbound rules of a domain, found once for each policy: rules may have ten thousand entries, and thousands of
 * messages ask for the same few domains.
 */
import { outboundRules, type OutboundRules } from '#shared/relay/outbound.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'

/** Domains of one policy; all are forgotten when there are more. */
const most = 1000
const made = new WeakMap<RelayPolicy, Map<string, OutboundRules>>()

/** As `outboundRules`. A policy is replaced, not changed, once it was given here; what is answered is not to be changed either. */
export function rulesFor(policy: RelayPolicy, virtualMta: string | undefined, domain: string): OutboundRules {
  let known = made.get(policy)
  if (known === undefined || known.size >= most) {
    known = new Map()
    made.set(policy, known)
  }
  // No name of a virtual MTA has a line end; no domain either.
  const key = `${virtualMta ?? ''}\n${domain.toLowerCase()}`
  const found = known.get(key)
  if (found) return found
  const rules = outboundRules(policy, virtualMta, domain)
  known.set(key, rules)
  return rules
}
