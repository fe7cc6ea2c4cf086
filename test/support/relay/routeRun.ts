/** Owns: planning routes in a test: a leg, rules, a scripted name server, and a router whose every surrounding is given. */
import { openResolver } from '#engine/dns/resolver.ts'
import { Witness } from '#engine/domain/witness.ts'
import { createRouter } from '#engine/relay/route/router.ts'
import { Evidence } from '#engine/relay/route/evidence.ts'
import type { Asking, Router, RouterDeps } from '#engine/relay/route/types.ts'
import type { Leg, QueuedMessage, RelayRulesNow, Route } from '#engine/relay/types.ts'
import { emptyPolicy, type RelayPolicy } from '#shared/relay/policy.ts'
import type { RelaySettings } from '#shared/rpc/contract/relay.ts'
import { startDns, zone, type Script, type ScriptedDns } from '../dns/scriptedDns.ts'

const at = Date.UTC(2026, 0, 1)

export function legTo(domain: string, message: Partial<QueuedMessage> = {}, leg: Partial<Leg> = {}): Leg {
  const whole: QueuedMessage = {
    id: 's1.0', session: 's1', body: 0, receivedAt: at, sender: 'ann@shop.example', size: 100, client: '127.0.0.1',
    because: '', eightBit: false, utf8: false, requireTls: false, prefix: '', cuts: [], ...message,
  } // prettier-ignore
  const recipients = [{ address: `bob@${domain}`, state: 'open' as const }]
  return { id: `${whole.id}/0`, message: whole, domain, recipients, state: 'waiting', nextAt: at, tries: 0, history: [], ...leg } // prettier-ignore
}

export interface RulesGiven {
  policy?: Partial<RelayPolicy>
  settings?: Partial<RelaySettings>
  allowed?: string[]
  secrets?: Record<string, string>
}

export const rulesWith = ({ policy, settings, allowed = [], secrets = {} }: RulesGiven): RelayRulesNow => ({
  policy: { ...emptyPolicy(), ...policy },
  secrets: new Map(Object.entries(secrets)),
  settings: { delivery: { to: 'allowed' }, paused: false, ...settings },
  allowed,
  name: 'relay.shop.example',
})

/** Addresses of a computer that has 192.0.2.4, 192.0.2.5 and 2001:db8::4 beside loopback. */
export const interfaces: NonNullable<RouterDeps['interfaces']> = () => {
  const entry = { netmask: '255.255.255.0', mac: '00:00:00:00:00:00', internal: false, cidr: null }
  return {
    eth0: [
      { ...entry, family: 'IPv4', address: '192.0.2.4' },
      { ...entry, family: 'IPv4', address: '192.0.2.5' },
      { ...entry, family: 'IPv6', address: '2001:db8::4', scopeid: 0 },
    ],
  }
}

export interface RouteRun {
  dns: ScriptedDns
  router: Router
  /** Plans by the scripted name server. */
  plan(leg: Leg, given: RulesGiven): Promise<Route>
  /** Names and types that DNS was asked for, sorted. */
  asked(): string[]
}

const running: ScriptedDns[] = []
export const stopRoutes = async (): Promise<void> =>
  void (await Promise.all(running.splice(0).map((dns) => dns.stop())))

export async function routeRun(
  script: Script | Parameters<typeof zone>[0],
  deps: Partial<RouterDeps> = {},
): Promise<RouteRun> {
  const dns = await startDns(typeof script === 'function' ? script : zone(script))
  running.push(dns)
  const router = createRouter({
    resolver: (choice) => openResolver(choice, { timeout: 5000, retries: 0 }),
    ownPlaces: () => [],
    now: () => new Date(at),
    random: () => 0,
    interfaces,
    ...deps,
  })
  return {
    dns,
    router,
    plan: (leg, given) =>
      router.plan(leg, rulesWith({ ...given, settings: { resolver: dns.server, ...given.settings } })),
    asked: () => dns.asked.map(({ type, name }) => `${type} ${name}`).toSorted(),
  }
}

/** What parts of the router ask with. */
export async function askingOf(
  script: Script | Parameters<typeof zone>[0],
  given: Partial<Asking> & { validating?: boolean; timeout?: number } = {},
): Promise<Asking & { dns: ScriptedDns }> {
  const dns = await startDns(typeof script === 'function' ? script : zone(script))
  running.push(dns)
  const { validating = false, timeout = 5000, ...more } = given
  const opened = openResolver({ server: dns.server, validating }, { timeout, retries: 0 })
  if (!opened.ok) throw new Error(opened.message)
  const witness = new Witness(opened.resolver, new Evidence().journal)
  const { signal } = new AbortController()
  return { dns, witness, signal, random: () => 0, isSelf: () => false, ...more }
}
