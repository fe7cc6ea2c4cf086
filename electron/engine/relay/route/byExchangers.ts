/** Owns: the way of a leg to the exchangers of its domain: who they are, which are allowed, what TLS each must have. */
import type { OutboundRules } from '#shared/relay/outbound.ts'
import { asciiName } from '../../dialogue/resolve.ts'
import { isLocal } from '../../dns/resolver.ts'
import { pool } from '../../probe/pool.ts'
import type { Hop, Leg, RelayRulesNow, Route } from '../types.ts'
import { heldFor, isAllowed, permitted } from './allowed.ts'
import { readDane, type Dane } from './dane.ts'
import { demandOf } from './demand.ts'
import { findExchangers } from './exchangers.ts'
import { noWayYet, tlsNotProven } from './failures.ts'
import type { Leaving } from './source.ts'
import type { Sts, StsPolicies } from './stsPolicies.ts'
import type { Asking, Candidate, Demanded, Exchangers, Failed } from './types.ts'

export interface Way {
  kind: 'way'
  hops: Hop[]
  leaving: Leaving
  remarks: string[]
}

export interface Wanted {
  leg: Leg
  rules: RelayRulesNow
  outbound: OutboundRules
  port: number
  /** Gives hosts the address that mail leaves from. */
  leave(hosts: readonly Candidate[]): Leaving | Failed
}

/**
 * With an allowed domain DNS is asked freely, and its policy host. With another one only where the list of allowed hosts
 * has any entry, for one of the domain's MX may be it: a question to DNS about a domain that a client named is something
 * that leaves this computer too. Nothing is decided for a domain that nobody allowed: it is held, whatever DNS says.
 */
export async function wayByExchangers(
  wanted: Wanted,
  asking: Asking,
  policies: StsPolicies,
): Promise<Way | Extract<Route, { kind: 'held' | 'failed' }>> {
  const { leg, rules, port } = wanted
  const { allowed } = rules
  const free = isAllowed(leg.domain, allowed)
  if (!free && allowed.length === 0) return heldFor(leg.domain, [])
  const found = await findExchangers(leg.domain, port, asking)
  if (found.kind === 'failed') return free ? found : heldFor(leg.domain, [])
  const kept = free
    ? { hosts: found.hosts, remarks: [`${leg.domain} is among the allowed hosts.`] }
    : permitted(found.hosts, allowed)
  if (kept.hosts.length === 0)
    return heldFor(leg.domain, found.hosts.map(({ host }) => host)) // prettier-ignore
  const leaving = wanted.leave(kept.hosts)
  if (leaving.kind === 'failed') return leaving
  const sealed = await seal(wanted, { ...found, hosts: leaving.hosts }, free, asking, policies)
  if (sealed.kind === 'failed') return sealed
  const remarks = [orderWords(leg.domain, found), ...found.remarks, ...kept.remarks, ...sealed.remarks]
  return { kind: 'way', hops: sealed.hops, leaving, remarks }
}

function orderWords(domain: string, { by, hosts }: Exchangers): string {
  if (by === 'literal') return `${domain} is an address: no DNS was asked.`
  const listed = hosts.map(({ preference, host }) => (by === 'mx' ? `${preference} ${host}` : host))
  return `${by === 'mx' ? 'MX' : 'Host'} of ${domain}: ${listed.join(', ')}.`
}

interface Sealed {
  kind: 'sealed'
  hops: Hop[]
  remarks: string[]
}

async function seal(
  { leg, outbound, port }: Wanted,
  found: Exchangers,
  free: boolean,
  asking: Asking,
  policies: StsPolicies,
): Promise<Sealed | Failed> {
  const { requireTls } = leg.message
  const domain = asciiName(leg.domain).toLowerCase()
  const off = !outbound.useStarttls && !requireTls
  const [daneOf, sts] = await Promise.all([
    allDane(domain, port, found, asking),
    findSts(domain, { found, free, off }, asking, policies),
  ])
  // A report of our own says nothing of the message (reports/returnedPart.ts): unproven is better than lost (RFC 8689 §5).
  const named = found.by !== 'mx' || found.security === 'secure' || leg.message.own === true
  const all = found.hosts.map((host): { host: Candidate; demanded: Demanded } => {
    const dane = daneOf.get(host) ?? { kind: 'none' }
    return { host, demanded: demandOf({ host: host.host, rules: outbound, requireTls, named, dane, sts: sts.policy }) } // prettier-ignore
  })
  const hops = all.flatMap(({ host: { host, addresses }, demanded }): Hop[] =>
    'tls' in demanded ? [{ host, port, addresses, tls: demanded.tls }] : [],
  )
  const out = all.flatMap(({ demanded }) => ('leftOut' in demanded ? [demanded] : []))
  if (hops.length === 0) {
    const words = out.slice(0, 3).map(({ leftOut }) => leftOut) // prettier-ignore
    return (out.every(({ permanent }) => permanent) ? tlsNotProven : noWayYet)(words.join(' '))
  }
  const asked = [...daneOf.values()].some(({ kind }) => kind === 'records' || kind === 'unusable') ? ['DANE'] : [] // prettier-ignore
  if (sts.announced) asked.push('MTA-STS')
  const remarks = [
    ...(sts.remark === undefined ? [] : [sts.remark]),
    ...out.map(({ leftOut }) => leftOut),
    ...(off && asked.length > 0
      ? [`${domain} asks for TLS (${asked.join(', ')}); the rules switch it off (${outbound.from.useStarttls}), and so it is not used.`]
      : []),
  ]
  return { kind: 'sealed', hops, remarks }
} // prettier-ignore

async function allDane(
  domain: string,
  port: number,
  found: Exchangers,
  { witness, signal }: Asking,
): Promise<Map<Candidate, Dane>> {
  const all = new Map<Candidate, Dane>()
  if (found.by === 'literal') return all
  await pool(found.hosts, 4, signal, async (host) => {
    all.set(host, await readDane(host.host, port, domain, found.security, witness))
  })
  // Its time is over: what was not asked for may be there.
  for (const host of found.hosts)
    if (!all.has(host)) all.set(host, { kind: 'failed', words: 'its TLSA records were not told of in time' })
  return all
}

type FoundSts = Sts & { announced?: boolean }

async function findSts(
  domain: string,
  { found, free, off }: { found: Exchangers; free: boolean; off: boolean },
  { witness }: Asking,
  policies: StsPolicies,
): Promise<FoundSts> {
  // DNS is not asked for names of this computer, nor has an address a policy.
  if (found.by === 'literal' || isLocal(domain)) return { policy: null }
  if (off) return { policy: null, announced: await policies.announced(domain, witness) }
  if (!free)
    return { policy: null, remark: `MTA-STS of ${domain} was not looked at: the domain is not among the allowed hosts, its mail server is.` } // prettier-ignore
  const sts = await policies.find(domain, witness)
  if (sts.policy?.mode !== 'testing' || sts.remark !== undefined) return sts
  return { ...sts, remark: `${domain} only tries MTA-STS out (mode testing): it demands nothing.` }
}
