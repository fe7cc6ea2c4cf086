/** Owns: from a hop of a route to what is dialled, how TLS is judged there, and what is signed in with. */
import { isIP, isIPv6 } from 'node:net'
import type { ClientAuth, TlsMode } from '#shared/smtp/machine/options.ts'
import type { DialTarget } from '../../dialogue/dialer.ts'
import { hashes } from '../../dialogue/hashes.ts'
import type { Address } from '../../dialogue/resolve.ts'
import { isLoopback } from '../../server/listenProblem.ts'
import { daneVerdict } from '../route/dane.ts'
import type { Hop, TlsDemand } from '../types.ts'
import type { SmtpRoute, Timing } from './types.ts'

export interface HopParts {
  hop: Hop
  route: Pick<SmtpRoute, 'sourceAddress' | 'auth' | 'trusted'>
  timing: Pick<Timing, 'connect'>
  ca?: string | undefined
  /** Opportunistic TLS with this host does not work: no STARTTLS. */
  inClear: boolean
  now: () => Date
}

/** What an unknown certificate may be used for is decided by whoever demands TLS, not by a person: `accept` is no consent. */
export function targetOf(parts: HopParts): DialTarget {
  const { hop, route, timing, now } = parts
  const ca = [parts.ca, route.trusted?.pem].filter((one) => one !== undefined).join('\n')
  const { level, names = [] } = hop.tls
  const [first = hop.host, ...others] = names
  const checked = level === 'verified' || level === 'dane'
  return {
    host: hop.host,
    port: hop.port,
    tls: tlsMode(hop.tls, parts.inClear),
    certificate: checked ? 'check' : 'accept',
    family: 0,
    timeouts: { connect: timing.connect },
    ...(ca === '' ? {} : { ca }),
    ...(route.sourceAddress === undefined ? {} : { source: route.sourceAddress }),
    ...(hop.addresses.length === 0 ? {} : { addresses: reachable(hop.addresses, route.sourceAddress) }),
    ...(level === 'verified' ? { serverName: first, otherNames: others } : {}),
    // The TLSA base domain is the SNI (RFC 7672 §8.1); the records alone decide about the certificate.
    ...(level === 'dane' ? { serverName: first, prove: proof(hop.tls, now) } : {}),
  }
}

function tlsMode({ level, implicit }: TlsDemand, inClear: boolean): TlsMode {
  if (implicit) return 'implicit'
  if (level === 'off' || (level === 'opportunistic' && inClear)) return 'none'
  return level === 'opportunistic' ? 'opportunistic' : 'starttls'
}

const proof =
  (demand: TlsDemand, now: () => Date) =>
  (chain: readonly Uint8Array[]): string | null => {
    const verdict = daneVerdict(demand, chain, now())
    return verdict.ok ? null : verdict.words
  }

/** From an address only its own kind can be reached. */
export function reachable(addresses: readonly string[], source: string | undefined): Address[] {
  const only = source === undefined ? 0 : isIP(source)
  return addresses
    .map((address): Address => ({ address, family: isIPv6(address) ? 6 : 4 }))
    .filter(({ family }) => only === 0 || only === family)
}

/** Of the hop's own addresses: no others are dialled. */
const isHere = ({ addresses }: Hop): boolean => addresses.length > 0 && addresses.every(isLoopback)

/**
 * TLS `off` is what somebody wrote into the rules for this host: that is consent to sign in without it. On loopback nobody
 * stands between, whatever the certificate says; route/oneHost.ts asks for a verified one everywhere else.
 */
export const authOf = ({ hop, route }: Pick<HopParts, 'hop' | 'route'>): ClientAuth | null =>
  route.auth === undefined
    ? null
    : {
        mechanism: 'auto',
        user: route.auth.user,
        password: route.auth.password,
        allowUnprotected: hop.tls.level === 'off' || isHere(hop),
        hashes,
        host: hop.host,
        port: hop.port,
      }
