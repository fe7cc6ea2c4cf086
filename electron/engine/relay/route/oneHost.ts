/**
 * Owns: the way by one host that a person named: a smarthost of the rules, or the one host that everything goes to. No
 * password leaves this computer in clear or towards a server that has not proved its name (RFC 8314 §4).
 */
import { isIPv4 } from 'node:net'
import type { OutboundRules } from '#shared/relay/outbound.ts'
import type { Smarthost } from '#shared/relay/policy.ts'
import { mayBeInClear } from '#shared/relay/smarthostTls.ts'
import { addressLiteral, asciiName } from '../../dialogue/resolve.ts'
import type { TlsDemand } from '../types.ts'
import { ruleDemand } from './demand.ts'
import { dnsSilent, loopsBackYet, wrongRules } from './failures.ts'
import { addressWords, hostAddresses } from './hostAddresses.ts'
import type { Asking, Candidate, Failed } from './types.ts'

export interface OneHost {
  place: Smarthost
  /** Absent: none is saved. */
  password: string | undefined
  /** `smarthost` or `the one host that everything goes to`. */
  called: string
  /** RFC 8689. */
  requireTls: boolean
  /** Null: they do not hold for this host. */
  rules: Pick<OutboundRules, 'useStarttls' | 'requireStarttls' | 'ca' | 'from'> | null
}

export interface OneWay {
  kind: 'way'
  host: Candidate
  tls: TlsDemand
  auth?: { user: string; password: string } | undefined
}

/** Never rejects. Failures are temporary: the rules, or DNS, can be mended while the mail waits. */
export async function wayByHost(
  given: OneHost,
  { witness, isSelf }: Pick<Asking, 'witness' | 'isSelf'>,
): Promise<OneWay | Failed> {
  const { place, called } = given
  const shown = `${place.host}:${place.port}`
  const addresses = await hostAddresses(place.host, witness.resolver)
  witness.say(addressWords(place.host, addresses))
  if (addresses.length === 0) return dnsSilent(`No address of ${place.host} (${called}) was found.`)
  const host = { host: nameOf(place.host), preference: 0, addresses }
  if (isSelf(host, place.port))
    return loopsBackYet(`${shown} (${called}) is this program itself: the message would come back. Name another server.`) // prettier-ignore
  const tls = hostDemand(given, addresses.every(isLoopback))
  if (tls === null)
    return wrongRules(`${shown} (${called}) is set to be spoken to without TLS, and the password would go there in clear. Set starttls or implicit.`) // prettier-ignore
  const { user } = place
  if (user === undefined) return { kind: 'way', host, tls }
  if (given.password === undefined)
    return wrongRules(`No password is saved for user ${user} of ${shown} (${called}). Type it in again.`)
  return { kind: 'way', host, tls, auth: { user, password: given.password } }
}

const nameOf = (host: string): string => addressLiteral(host)?.address ?? asciiName(host).toLowerCase()

/** 127.0.0.0/8 and ::1: a password on its way there is on no network. */
const isLoopback = (address: string): boolean =>
  isIPv4(address) ? address.startsWith('127.') : address === '::1'

/**
 * Null: the password would go in clear. With credentials the certificate must be for the host, unless it is reached by
 * loopback, where nobody stands between. What a person named with `starttls` falls back to clear text
 * only where their rules say `require-starttls false`, and then without a password.
 */
export function hostDemand(
  { place, requireTls, rules, called }: Omit<OneHost, 'password'>,
  loopback: boolean,
): TlsDemand | null {
  const { host, tls, user } = place
  const implicit = tls === 'implicit'
  const names = [nameOf(host)]
  if (requireTls) return { level: 'verified', implicit, names, from: 'REQUIRETLS' }
  if (user !== undefined && !loopback)
    return tls === 'plain' ? null : { level: 'verified', implicit, names, from: `${called}, with a password` }
  if (tls === 'plain')
    return rules?.requireStarttls === true ? ruleDemand(rules) : { level: 'off', implicit, from: called }
  if (!implicit && user === undefined && rules?.useStarttls === false) return ruleDemand(rules)
  if (rules !== null && mayBeInClear(place, rules))
    return { level: 'opportunistic', implicit, from: rules.from.requireStarttls }
  // Who names a host and its authority wants to be sure of both.
  if (rules?.ca !== undefined)
    return { level: 'verified', implicit, names, from: `smtp-ca, ${rules.from.ca ?? 'default'}` }
  return { level: 'required', implicit, from: called }
}
