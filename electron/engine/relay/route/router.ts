/**
 * Owns: where a leg goes, and how, at this moment: by the settings first, then by the relay's rules, then by DNS. What it
 * answers holds for one try; what it remembers is DNS for a minute and policies of MTA-STS for as long as they say.
 */
import { networkInterfaces } from 'node:os'
import { openResolver } from '../../dns/resolver.ts'
import type { Resolver, ResolverChoice } from '../../dns/types.ts'
import { Witness } from '../../domain/witness.ts'
import { isOwnAddress, isOwnPlace } from '../../inbox/loops.ts'
import type { Leg, RelayRulesNow, Route } from '../types.ts'
import { Evidence } from './evidence.ts'
import { wrongRules } from './failures.ts'
import { Keep } from './keep.ts'
import { keptResolver } from './keptResolver.ts'
import { rulesFor } from './rulesFor.ts'
import { turnOf } from './source.ts'
import { StsPolicies } from './stsPolicies.ts'
import type { Router, RouterDeps } from './types.ts'
import { byDomain, bySmarthost, toOneHost, type Planned } from './ways.ts'

/** Milliseconds of one question to DNS, and of each step of fetching a policy. */
const dnsTimeout = 10_000
const policyTimeout = 10_000
/** Milliseconds for which this computer's own addresses are remembered. */
const interfacesLife = 1000
/** Milliseconds for which a way is used again, and how many are remembered. */
const routeLife = 1000
const mostRoutes = 1000

export function createRouter(deps: RouterDeps): Router {
  const router = new Planner(deps)
  return { plan: (leg, rules) => router.plan(leg, rules) }
}

/** Such a leg has no other recipients. */
const isLocal = ({ recipients }: Leg): boolean => recipients[0]?.local === true

class Planner {
  readonly #deps: RouterDeps
  readonly #policies: StsPolicies
  #resolver: { choice: string; resolver: Resolver } | undefined
  #routes: { rules: RelayRulesNow; keep: Keep<Route> } | undefined
  #interfaces: { at: number; now: ReturnType<typeof networkInterfaces> } | undefined

  constructor(deps: RouterDeps) {
    this.#deps = deps
    const { policyPort: port = 443, ca } = deps
    this.#policies = new StsPolicies(
      { port, ca, timeout: policyTimeout, now: () => deps.now() },
      deps.policies,
    )
  }

  /** Messages that differ in nothing that the way depends on share one, for a moment: of a thousand most go to few domains. */
  async plan(leg: Leg, rules: RelayRulesNow): Promise<Route> {
    if (rules.settings.delivery.to === 'inbox' || isLocal(leg)) return { kind: 'inbox' }
    if (this.#routes?.rules !== rules) {
      // A domain without a way is looked at once for all that wait for it: each look leaves a transcript.
      const lifeOf = ({ kind }: Route): number => (kind === 'smtp' || kind === 'failed' ? routeLife : 0)
      this.#routes = { rules, keep: new Keep({ most: mostRoutes, now: () => this.#deps.now(), lifeOf }) }
    }
    const { message, domain } = leg
    const mta = leg.virtualMta ?? message.virtualMta
    const outbound = rulesFor(rules.policy, mta, domain)
    const turn = outbound.sourceHosts.length === 0 ? 0 : turnOf(message.id)
    const key = JSON.stringify([domain, mta, message.requireTls, message.own === true, turn])
    return this.#routes.keep.get(key, () => this.#find({ leg, rules, mta, outbound, turn }))
  }

  async #find(given: Pick<Planned, 'leg' | 'rules' | 'mta' | 'outbound' | 'turn'>): Promise<Route> {
    const { rules } = given
    const { resolver, resolverValidates } = rules.settings
    const opened = this.#open({ server: resolver ?? 'system', validating: resolverValidates === true })
    if (typeof opened === 'string') return wrongRules(`The name server “${(resolver ?? '').slice(0, 100)}” cannot be asked: ${opened}`) // prettier-ignore
    const evidence = new Evidence()
    const planned: Planned = {
      ...given,
      asking: this.#asking(new Witness(opened, evidence.journal), rules),
      isOwn: (address) => isOwnAddress(address, this.#addresses()),
      own: () =>
        Object.values(this.#addresses()).flatMap((list) => list?.map(({ address }) => address) ?? []),
    }
    return this.#seen(await this.#wayOf(planned), evidence, planned)
  }

  #wayOf(planned: Planned): Promise<Route> {
    const { delivery } = planned.rules.settings
    if (delivery.to === 'host') return toOneHost(planned, delivery)
    return planned.outbound.smarthost ? bySmarthost(planned) : byDomain(planned, this.#policies)
  }

  /** A way that was found has a transcript for each connection; one that was not has what was asked for it. */
  #seen(route: Route, { events }: Evidence, { leg: { domain }, outbound, rules }: Planned): Route {
    if (route.kind !== 'failed' || events.length === 0) return route
    const { delivery, mxPort = 25 } = rules.settings
    const place = delivery.to === 'host' ? delivery : (outbound.smarthost ?? { host: domain, port: mxPort })
    const { host, port } = place
    const session = this.#deps.record?.({ host, port, domain, events, words: route.words })
    return session === undefined ? route : { ...route, seen: { session, seq: 1 } }
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

  #asking(witness: Witness, { name }: RelayRulesNow): Planned['asking'] {
    const { random = Math.random, ownPlaces: places } = this.#deps
    return {
      witness,
      random,
      isSelf: ({ host, addresses }, port) =>
        (host === name.toLowerCase() && places().some((place) => place.port === port)) ||
        addresses.some((one) => isOwnPlace(places(), one, port, this.#addresses())),
    }
  }
}
