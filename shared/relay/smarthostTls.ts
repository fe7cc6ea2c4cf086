/**
 * Owns: what TLS a host that a person named is spoken to with, in words: a smarthost of the rules, or the one host that
 * everything goes to. They say what the way does (engine/relay/route/oneHost.ts), as far as the name alone tells it: one
 * that only DNS knows to be this computer is taken for another's. Pure.
 */
import ipaddr from 'ipaddr.js'
import type { OutboundRules } from './outbound.ts'
import type { Smarthost } from './policy.ts'

/** `localhost`, or an address of the loopback, with brackets or without. */
export function namesThisComputer(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[(?:ipv6:)?(.*)\]$/u, '$1')
  return bare === 'localhost' || (ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback')
}

/** A password would go in clear to another computer: nothing is delivered that way. */
export const saysPasswordInClear = ({ host, tls, user }: Smarthost): boolean =>
  tls === 'plain' && user !== undefined && !namesThisComputer(host)

/**
 * The rules say `require-starttls false` in so many words, and nothing of worth is lost: no password, and no authority that
 * the host is to be proved by. Where they say nothing, what a person named with `starttls` is sealed.
 */
export const mayBeInClear = ({ tls, user }: Smarthost, rules: Pick<OutboundRules, 'useStarttls' | 'requireStarttls' | 'ca' | 'from'> | null): boolean =>
  tls === 'starttls' && user === undefined && rules !== null && rules.useStarttls && !rules.requireStarttls && rules.from.requireStarttls !== 'default' && rules.ca === undefined // prettier-ignore

/** `rules`: those of the domain; null where they do not hold for this host. `called`: as `smarthost`. */
export function smarthostTlsWords(
  place: Smarthost,
  called: string,
  rules: Pick<OutboundRules, 'useStarttls' | 'requireStarttls' | 'ca' | 'from'> | null,
): string {
  const { host, tls, user } = place
  const required = `TLS required${tls === 'implicit' ? ' from the start' : ''}`
  const proven = `${required}, with a certificate for ${host}`
  if (saysPasswordInClear(place)) return `Waits: the password would go there in clear (${called}, set plain)`
  if (user !== undefined && !namesThisComputer(host)) return `${proven} (${called}, with a password)`
  if (tls === 'plain')
    return rules?.requireStarttls === true ? `TLS required (${rules.from.requireStarttls})` : `In clear (${called}, set plain)` // prettier-ignore
  if (tls === 'starttls' && user === undefined && rules?.useStarttls === false)
    return `TLS not used (${rules.from.useStarttls})`
  if (rules !== null && mayBeInClear(place, rules)) return `TLS when offered (${rules.from.requireStarttls})`
  return rules?.ca === undefined ? `${required} (${called})` : `${proven} (smtp-ca, ${rules.from.ca ?? 'default'})` // prettier-ignore
}
