/** Owns: the three ways of a leg that leaves this computer, each from the address of its virtual MTA, and what is said of them. */
import type { OutboundRules } from '#shared/relay/outbound.ts'
import { remarkLimit } from '#shared/transcript/event.ts'
import type { Authority, Hop, Leg, RelayRulesNow, Route } from '../types.ts'
import { heldFor, isAllowed } from './allowed.ts'
import { wayByExchangers } from './byExchangers.ts'
import { wayByHost, type OneHost } from './oneHost.ts'
import { routeKey } from './routeKey.ts'
import { leaveFrom, type Leaving } from './source.ts'
import type { StsPolicies } from './stsPolicies.ts'
import type { Asking, Candidate, Failed } from './types.ts'

/** Milliseconds for all DNS of one plan; a hostile zone can have twenty hosts that nobody answers for. */
const planTimeout = 60_000

/** One leg on its way to a route. */
export interface Planned {
  leg: Leg
  rules: RelayRulesNow
  mta: string | undefined
  outbound: OutboundRules
  /** Which of several source hosts begins. */
  turn: number
  asking: Omit<Asking, 'signal'>
  isOwn: (address: string) => boolean
  own: () => readonly string[]
}

function leave(
  { rules, mta, outbound, turn, isOwn, own: addresses }: Planned,
  hosts: readonly Candidate[],
  lenient = false,
): Leaving | Failed {
  const { sourceHosts } = outbound
  const own = rules.policy.virtualMtas.find(({ name }) => name === mta)
  const of = own !== undefined && own.sourceHosts.length > 0 ? `virtual MTA ${own.name}` : 'the relay'
  return leaveFrom(hosts, {
    sourceHosts,
    turn,
    name: rules.name,
    of,
    isOwn,
    own: addresses,
    lenient,
  })
}

/** Everything goes to the host of the settings, which is allowed thereby. */
export async function toOneHost(
  planned: Planned,
  place: Extract<RelayRulesNow['settings']['delivery'], { to: 'host' }>,
): Promise<Route> {
  const { leg, rules } = planned
  const given = { place, password: rules.secrets.get('host'), called: 'the one host that everything goes to' }
  return byHost(planned, { ...given, requireTls: leg.message.requireTls, rules: null }, true, [
    `Everything goes to ${place.host}:${place.port} (delivery to one host).`,
  ])
}

/** The smarthost of the rules, where it or the domain is allowed. */
export async function bySmarthost(planned: Planned): Promise<Route> {
  const { leg, rules, outbound } = planned
  const place = outbound.smarthost!
  const allowed = [leg.domain, place.host].find((host) => isAllowed(host, rules.allowed))
  if (allowed === undefined) return heldFor(leg.domain, [place.host])
  const password = place.user === undefined ? undefined : rules.secrets.get(`smarthost ${place.user}`)
  const given = { place, password, called: 'smarthost' }
  return byHost(planned, { ...given, requireTls: leg.message.requireTls, rules: outbound }, false, [
    `The rules send mail to ${leg.domain} by the smarthost ${place.host}:${place.port}.`,
    `${allowed} is among the allowed hosts.`,
  ])
}

async function byHost(planned: Planned, given: OneHost, lenient: boolean, remarks: string[]): Promise<Route> {
  const way = await wayByHost(given, planned.asking)
  if (way.kind === 'failed') return way
  const leaving = leave(planned, [way.host], lenient)
  if (leaving.kind === 'failed') return leaving
  const hops = leaving.hosts.map(({ host, addresses }) => ({ host, port: given.place.port, addresses, tls: way.tls })) // prettier-ignore
  return whole(planned, hops, leaving, remarks, way.auth)
}

/** The exchangers of the domain. */
export async function byDomain(planned: Planned, policies: StsPolicies): Promise<Route> {
  const { leg, rules, outbound, asking } = planned
  const port = rules.settings.mxPort ?? 25
  const wanted = { leg, rules, outbound, port, leave: (hosts: readonly Candidate[]) => leave(planned, hosts) }
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), planTimeout)
  const way = await wayByExchangers(wanted, { ...asking, signal: limit.signal }, policies).finally(() => clearTimeout(timer)) // prettier-ignore
  return way.kind === 'way' ? whole(planned, way.hops, way.leaving, way.remarks) : way
}

function whole(
  { rules, mta, outbound }: Planned,
  hops: readonly Hop[],
  { name, address, remarks: left }: Leaving,
  found: readonly string[],
  auth?: { user: string; password: string },
): Route {
  const unknown = mta !== undefined && !rules.policy.virtualMtas.some((one) => one.name === mta)
  const ruled = rules.settings.delivery.to !== 'host'
  const trusted = ruled && outbound.ca !== undefined ? rules.authorities?.get(outbound.ca) : undefined
  const parts = { hops, ehloName: name, sourceAddress: address, auth, trusted }
  const remarks = [
    ...found,
    ...(ruled ? trustWords(outbound, trusted) : []),
    ...(unknown ? [`There is no virtual MTA ${mta.slice(0, 64)}: the relay’s own rules hold.`] : []),
    ...left,
    ...hops.map(tlsWords),
  ]
  return {
    kind: 'smtp',
    key: routeKey(parts),
    ...parts,
    rules: outbound,
    remarks: remarks.map((remark) => remark.slice(0, remarkLimit)),
  }
}

const trustWords = ({ ca, from }: OutboundRules, trusted: Authority | undefined): string[] => {
  if (ca === undefined) return []
  const place = `${ca.slice(0, 200)} (smtp-ca, ${from.ca ?? 'default'})`
  return trusted === undefined
    ? [`The authorities in ${place} could not be read: the system’s alone are trusted.`]
    : [`Trusted besides the system’s: the authorities in ${place}.`]
}

const levels = {
  off: 'not used',
  opportunistic: 'used when offered, with any certificate',
  required: 'required, with any certificate',
  verified: 'required, with a certificate for',
  dane: 'required, with the certificate that DNS names for',
}

const tlsWords = ({ host, tls: { level, names = [], from, implicit } }: Hop): string =>
  `TLS with ${host}: ${levels[level]}${names.length > 0 ? ` ${names.join(' or ')}` : ''}${implicit ? ', from the start' : ''} (${from}).` // prettier-ignore
