/**
 * Owns: what TLS is demanded of one hop, from the relay's rules, DANE, MTA-STS and the message's own REQUIRETLS. Pure.
 * A person's `use-starttls no` wins over what the domain asks for, never over REQUIRETLS, which was promised to the sender.
 */
import { matchesName } from '#shared/diagnosis/certificateName.ts'
import type { OutboundRules } from '#shared/relay/outbound.ts'
import type { StsPolicy } from '../../domain/stsPolicy.ts'
import type { TlsDemand } from '../types.ts'
import type { Dane } from './dane.ts'
import type { Demanded } from './types.ts'

export interface DemandInput {
  host: string
  rules: Pick<OutboundRules, 'useStarttls' | 'requireStarttls' | 'from'>
  /** RFC 8689. */
  requireTls: boolean
  /** The host's name is the person's, the recipient's own domain, or comes from MX that DNSSEC proves. */
  named: boolean
  dane: Dane
  /** Null: none. */
  sts: Pick<StsPolicy, 'mode' | 'patterns'> | null
}

/** What the rules alone ask for. */
export function ruleDemand({ useStarttls, requireStarttls, from }: DemandInput['rules']): TlsDemand {
  if (requireStarttls) return { level: 'required', implicit: false, from: from.requireStarttls }
  return { level: useStarttls ? 'opportunistic' : 'off', implicit: false, from: from.useStarttls }
}

/** Whether the policy names this MX (RFC 8461 §4.1). */
export const isNamed = ({ patterns }: Pick<StsPolicy, 'patterns'>, host: string): boolean =>
  patterns.some((pattern) => matchesName(pattern, host.toLowerCase()))

const verified = (host: string, from: string): Demanded => ({
  tls: { level: 'verified', implicit: false, names: [host], from },
})

/** One hop's demand, or why the hop may not be used. */
export function demandOf({ host, rules, requireTls, named, dane, sts }: DemandInput): Demanded {
  const own = ruleDemand(rules)
  if (own.level === 'off' && !requireTls) return { tls: own }
  if (dane.kind === 'failed') return { leftOut: `${host} is left out: ${dane.words}.`, permanent: false }
  // DANE wins: a policy fetched over the web must not weaken it (RFC 8461 §2).
  if (dane.kind === 'records') {
    const { tlsa, names } = dane
    return { tls: { level: 'dane', implicit: false, names, tlsa, from: 'DANE' } }
  }
  const listed = sts !== null && isNamed(sts, host)
  if (sts?.mode === 'enforce')
    return listed
      ? verified(host, 'MTA-STS')
      : { leftOut: `${host} is left out: the MTA-STS policy does not name it.`, permanent: false }
  if (requireTls) return named || listed ? verified(host, 'REQUIRETLS') : unproven(host)
  if (dane.kind === 'unusable' && own.level !== 'required')
    return { tls: { level: 'required', implicit: false, from: 'DANE, with records that mail does not use' } }
  return { tls: own }
} // prettier-ignore

/** RFC 8689 §4.2.1: a forged MX with a good certificate of its own would be believed. */
const unproven = (host: string): Demanded => ({
  leftOut: `${host} is left out: the message requires TLS (REQUIRETLS), and neither DNSSEC nor MTA-STS proves that this host takes the domain’s mail.`,
  permanent: true,
})
