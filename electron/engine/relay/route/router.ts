/**
 * Owns: where a leg goes, and how, at this moment: by the settings first, then by the relay's rules, then by DNS. What it
 * answers holds for one try; what it remembers is DNS for a minute and policies of MTA-STS for as long as they say.
 */
import { networkInterfaces } from 'node:os'
import type { OutboundRules } from '#shared/relay/outbound.ts'
import { remarkLimit } from '#shared/transcript/event.ts'
import { openResolver } from '../../dns/resolver.ts'
import type { Resolver, ResolverChoice } from '../../dns/types.ts'
import { Witness } from '../../domain/witness.ts'
import { isOwnAddress } from '../../inbox/loops.ts'
import type { Hop, Leg, RelayRulesNow, Route } from '../types.ts'
import { heldWords, isAllowed } from './allowed.ts'
import { wayByExchangers } from './byExchangers.ts'
import { wrongRules } from './failures.ts'
import { Keep } from './keep.ts'
import { keptResolver } from './keptResolver.ts'
import { wayByHost, type OneHost } from './oneHost.ts'
import { rulesFor } from './rulesFor.ts'
import { routeKey } from './routeKey.ts'
import { silentJournal } from './silentJournal.ts'
import { leaveFrom, turnOf, type Leaving } from './source.ts'
import { StsPolicies } from './stsPolicies.ts'
import type { Asking, Candidate, Failed, Router, RouterDeps } from './types.ts'

/** Milliseconds of one question to DNS, and of each step of fetching a policy. */
const dnsTimeout = 10_000
const policyTimeout = 10_000
/** Milliseconds for all DNS of one plan; a hostile zone can have twenty hosts that nobody answers for. */
const planTimeout = 60_000
/** Milliseconds for which this computer's own addresses are remembered. */
const interfacesLife = 1000
/** Milliseconds for which a way is used again, and how many are remembered. */
const routeLife = 1000
const mostRoutes = 1000

export function createRouter(deps: RouterDeps): Router {
  const router = new Planner(deps)
  return { plan: (leg, rules) => router.plan(leg, rules) }
}

class Planner {
  readonly #deps: RouterDeps
  readonly #policies: StsPolicies
  #resolver: { choice: string; resolver: Resolver } | undefined
  #routes: { rules: RelayRulesNow; keep: Keep<Route> } | undefined
  #interfaces: { at: number; now: ReturnType<typeof networkInterfaces> } | undefined

  constructor(deps: RouterDeps) {
    this.#deps = deps
    const { policyPort: port = 443, ca } = deps
    this.#policies = new StsPolicies({ port, ca, timeout: policyTimeout, now: () => deps.now() })
  }

  /** Messages that differ in nothing that the way depends on share one, for a moment: of a thousand most go to few domains. */
  async plan(leg: Leg, rules: RelayRulesNow): Promise<Route> {
    if (rules.settings.delivery.to === 'inbox') return { kind: 'inbox' }
    if (this.#routes?.rules !== rules) {
      const lifeOf = ({ kind }: Route): number => (kind === 'smtp' ? routeLife : 0)
      this.#routes = { rules, keep: new Keep({ most: mostRoutes, now: () => this.#deps.now(), lifeOf }) }
    }
    const { message, domain } = leg
    const mta = leg.virtualMta ?? message.virtualMta
    const outbound = rulesFor(rules.policy, mta, domain)
    const turn = outbound.sourceHosts.length === 0 ? 0 : turnOf(message.id)
    const key = JSON.stringify([domain, mta, message.requireTls, turn])
    return this.#routes.keep.get(key, () => this.#find({ leg, rules, mta, outbound, turn }))
  }

  async #find(given: Pick<Planned, 'leg' | 'rules' | 'mta' | 'outbound' | 'turn'>): Promise<Route> {
    const { rules } = given
    const { delivery, resolver, resolverValidates } = rules.settings
    const opened = this.#open({ server: resolver ?? 'system', validating: resolverValidates === true })
    if (typeof opened === 'string') return wrongRules(`The name server “${(resolver ?? '').slice(0, 100)}” cannot be asked: ${opened}`) // prettier-ignore
    const planned: Planned = {
      ...given,
      asking: this.#asking(opened, rules),
      isOwn: (address) => isOwnAddress(address, this.#addresses()),
      own: () =>
        Object.values(this.#addresses()).flatMap((list) => list?.map(({ address }) => address) ?? []),
    }
    if (delivery.to === 'host') return toOneHost(planned, delivery)
    return planned.outbound.smarthost ? bySmarthost(planned) : byDomain(planned, this.#policies)
  }

  /** Asking the system takes a tenth of a millisecond and more, which is much for each of thousands of messages. */
  #addresses(): ReturnType<typeof networkInterfaces> {
    const at = this.#deps.now().getTime()
    if (this.#interfaces === undefined || Math.abs(at - this.#interfaces.at) >= interfacesLife)
      this.#interfaces = { at, now: (this.#deps.interfaces ?? networkInterfaces)() }
    return this.#interfaces.now
  }

  /** What is remembered belongs to the name server that said it. */
  #open(choice: ResolverChoice): Resolver | string {
    const key = JSON.stringify(choice)
    if (this.#resolver?.choice === key) return this.#resolver.resolver
    const open = this.#deps.resolver ?? ((one) => openResolver(one, { timeout: dnsTimeout }))
    const opened = open(choice)
    if (!opened.ok) return opened.message
    const resolver = keptResolver(opened.resolver, () => this.#deps.now())
    this.#resolver = { choice: key, resolver }
    return resolver
  }

  #asking(resolver: Resolver, { name }: RelayRulesNow): Planned['asking'] {
    const { random = Math.random } = this.#deps
    return {
      witness: new Witness(resolver, silentJournal()),
      random,
      isSelf: ({ host, addresses }, port) =>
        this.#deps.ownPorts().includes(port) &&
        (host === name.toLowerCase() || addresses.some((one) => isOwnAddress(one, this.#addresses()))),
    }
  }
}

interface Planned {
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

async function toOneHost(
  planned: Planned,
  place: Extract<RelayRulesNow['settings']['delivery'], { to: 'host' }>,
): Promise<Route> {
  const { leg, rules } = planned
  const given = { place, password: rules.secrets.get('host'), called: 'the one host that everything goes to' }
  return byHost(planned, { ...given, requireTls: leg.message.requireTls, rules: null }, true, [
    `Everything goes to ${place.host}:${place.port} (delivery to one host).`,
  ])
}

async function bySmarthost(planned: Planned): Promise<Route> {
  const { leg, rules, outbound } = planned
  const place = outbound.smarthost!
  const allowed = [leg.domain, place.host].find((host) => isAllowed(host, rules.allowed))
  if (allowed === undefined) return { kind: 'held', why: heldWords(leg.domain, [place.host]) }
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

async function byDomain(planned: Planned, policies: StsPolicies): Promise<Route> {
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
  const parts = { hops, ehloName: name, sourceAddress: address, auth }
  const remarks = [
    ...found,
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

const levels = {
  off: 'not used',
  opportunistic: 'used when offered, with any certificate',
  required: 'required, with any certificate',
  verified: 'required, with a certificate for',
  dane: 'required, with the certificate that DNS names for',
}

const tlsWords = ({ host, tls: { level, names = [], from, implicit } }: Hop): string =>
  `TLS with ${host}: ${levels[level]}${names.length > 0 ? ` ${names.join(' or ')}` : ''}${implicit ? ', from the start' : ''} (${from}).` // prettier-ignore
