import { array, assert, asyncProperty, boolean, constantFrom, record, subarray } from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { NoWay } from '#engine/relay/route/noWayRecord.ts'
import type { Leg, Route } from '#engine/relay/types.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { a, aaaa, codes, mx, withCode, zone } from '#test/support/dns/scriptedDns.ts'
import { legTo, routeRun, rulesWith, stopRoutes, type RulesGiven } from '#test/support/relay/routeRun.ts'

afterEach(stopRoutes)

const domain = 'gannet.example'
const records = [
  mx(domain, 10, 'mx1.gannet.example'), a('mx1.gannet.example', '198.51.100.1'), aaaa('mx1.gannet.example', '2001:db8:1::1'),
  a('smart.example', '198.51.100.7'), a('home.example', '192.0.2.4'), mx('shop.example', 10, 'home.example'),
] // prettier-ignore
const allowed = [domain]
const smarthost = { host: 'smart.example', port: 587, tls: 'starttls', user: 'ann' } as const
const secrets = { 'smarthost ann': 'hunter2', host: 'hunter3', 'user ann': 'hunter4' }
const mta1 = { name: 'mta1', sourceHosts: [{ address: '192.0.2.4', name: 'mta1.shop.example' }], domains: [{ domain: '*', requireStarttls: true, retryAfter: [600_000] }] } // prettier-ignore
const smtp = (route: Route) => {
  if (route.kind !== 'smtp') throw new Error(JSON.stringify(route))
  return route
}

describe('the settings', () => {
  test('everything to the Inbox: nobody is asked anything', async () => {
    const { plan, asked } = await routeRun(records)
    expect(await plan(legTo(domain), { settings: { delivery: { to: 'inbox' } }, allowed })).toEqual({ kind: 'inbox' }) // prettier-ignore
    expect(asked()).toEqual([])
  })
  test('a name server that is none keeps the mail waiting', async () => {
    const { plan } = await routeRun(records)
    expect(await plan(legTo(domain), { allowed, settings: { resolver: 'dns.example' } })).toMatchObject({ kind: 'failed', permanent: false, enhanced: '4.3.5', words: expect.stringContaining('“dns.example”') }) // prettier-ignore
  })
  test('this server’s own postmaster is at home, whatever the settings', async () => {
    const { plan, asked } = await routeRun(records)
    const leg = { ...legTo(domain), recipients: [{ address: `postmaster@${domain}`, state: 'open', local: true }] } satisfies Leg
    for (const delivery of [{ to: 'allowed' }, { to: 'host', host: 'smart.example', port: 25, tls: 'plain' }] as const)
      expect(await plan(leg, { settings: { delivery }, allowed })).toEqual({ kind: 'inbox' })
    expect(asked()).toEqual([])
  }) // prettier-ignore
  test('another port of exchangers', async () => {
    const { plan } = await routeRun(records)
    expect(await plan(legTo(domain), { allowed, settings: { mxPort: 2525 } })).toMatchObject({ hops: [{ port: 2525 }] }) // prettier-ignore
  })
})

describe('no way', () => {
  test('what was asked is kept once for all that wait for it, and of a way that is found not at all', async () => {
    const kept: NoWay[] = []
    const { router, dns } = await routeRun(records, { record: (noWay) => `s${kept.push(noWay)}` })
    const rules = rulesWith({ allowed: ['nobody.example', domain], settings: { resolver: dns.server } })
    const same = await Promise.all([1, 2, 3].map(() => router.plan(legTo('nobody.example'), rules)))
    expect(same.map((route) => route.kind === 'failed' && route.seen)).toEqual([1, 2, 3].map(() => ({ session: 's1', seq: 1 }))) // prettier-ignore
    expect((await router.plan(legTo(domain), rules)).kind).toBe('smtp')
    expect(kept).toMatchObject([{ host: 'nobody.example', port: 25, domain: 'nobody.example', words: expect.stringContaining('does not exist') }]) // prettier-ignore
    expect(kept[0]?.events[0]).toMatchObject({ kind: 'remark', phase: 'dns', text: expect.stringContaining('MX nobody.example') }) // prettier-ignore
  })
  test('of a smarthost without address: the smarthost', async () => {
    const kept: NoWay[] = []
    const { plan } = await routeRun(records, { record: (noWay) => void kept.push(noWay) })
    const policy = { ...emptyPolicy(), domains: [{ domain: '*', smarthost: { ...smarthost, host: 'gone.example' } }] } // prettier-ignore
    expect(await plan(legTo(domain), { allowed, policy, secrets })).toMatchObject({ kind: 'failed' })
    expect(kept).toMatchObject([{ host: 'gone.example', port: 587, domain, events: [{ text: 'Addresses of gone.example: none was found.' }] }]) // prettier-ignore
    expect(JSON.stringify(kept)).not.toContain('hunter')
  })
})

describe('loops', () => {
  test('an exchanger at this computer, on a port of this program’s', async () => {
    const listening = await routeRun(records, { ownPlaces: () => [{ address: '0.0.0.0', port: 25 }] })
    expect(await listening.plan(legTo('shop.example'), { allowed: ['shop.example'] })).toMatchObject({ permanent: true, code: 554, enhanced: '5.4.6' }) // prettier-ignore
    expect(await listening.plan(legTo(domain), { allowed })).toMatchObject({ kind: 'smtp' })
    const elsewhere = await routeRun(records, { ownPlaces: () => [{ address: '0.0.0.0', port: 2525 }] })
    expect(await elsewhere.plan(legTo('shop.example'), { allowed: ['shop.example'] })).toMatchObject({ kind: 'smtp' }) // prettier-ignore
  })
  test('an exchanger with the relay’s own name, whose address is another’s (a router’s)', async () => {
    const { plan } = await routeRun([mx(domain, 5, 'relay.shop.example'), a('relay.shop.example', '203.0.113.1')], { ownPlaces: () => [{ address: '0.0.0.0', port: 25 }] }) // prettier-ignore
    expect(await plan(legTo(domain), { allowed })).toMatchObject({ enhanced: '5.4.6' })
  })
})

describe('what is remembered', () => {
  test('legs of one domain ask DNS once and share a connection; a failure is asked again', async () => {
    const { plan, asked } = await routeRun(records)
    const legs = ['a', 'b', 'c'].map((id) => legTo(domain, { id }))
    const routes = await Promise.all(legs.map((leg) => plan(leg, { allowed })))
    expect(new Set(routes.map((route) => smtp(route).key)).size).toBe(1)
    expect(asked().filter((one) => one === `MX ${domain}`)).toHaveLength(1)
  })
  test('a way is shared by messages that differ in nothing it depends on, for a second and while the rules stay', async () => {
    const clock = { now: 0 }
    const { router, dns } = await routeRun(records, { now: () => new Date(clock.now) })
    const given = { allowed, settings: { resolver: dns.server } }
    const rules = rulesWith({ ...given, policy: { virtualMtas: [mta1] } })
    const go = (more: Parameters<typeof legTo>[1], now = rules) => router.plan(legTo(domain, more), now)
    const first = await go({ id: 'a' })
    expect(await go({ id: 'b' })).toBe(first)
    expect(await go({ id: 'b', virtualMta: 'mta1' })).not.toBe(first)
    expect(await go({ id: 'b', requireTls: true })).not.toBe(first)
    expect(await go({ id: 'b' }, rulesWith(given))).not.toBe(first)
    const again = await go({ id: 'b' })
    clock.now = 1000
    expect(await go({ id: 'b' })).not.toBe(again)
  })
  test('and forgotten with the name server that said it, and in time', async () => {
    const clock = { now: 0 }
    let down = true
    const { plan, dns, asked } = await routeRun((one, count) => (down ? withCode(codes.serverFailure) : zone(records)(one, count)), { now: () => new Date(clock.now) }) // prettier-ignore
    const go = (settings: RulesGiven['settings'] = {}) => plan(legTo(domain), { allowed, settings })
    expect(await go()).toMatchObject({ kind: 'failed', enhanced: '4.4.3' })
    down = false
    expect(await go()).toMatchObject({ kind: 'failed' })
    clock.now = 5000
    expect(await go()).toMatchObject({ kind: 'smtp' })
    const count = asked().length
    expect(await go()).toMatchObject({ kind: 'smtp' })
    expect(asked()).toHaveLength(count)
    expect(await go({ resolver: dns.server, resolverValidates: true })).toMatchObject({ kind: 'smtp' })
    expect(asked().length).toBeGreaterThan(count)
  })
})

interface Given {
  to: string
  list: string[]
  smart: boolean
  tls: 'plain' | 'starttls' | 'implicit'
  sources: string[]
  requireTls: boolean
}
test('nothing that is not allowed is ever a hop, and no secret in a remark, a key or a failure', async () => {
  const hosts = ['mx1.a.example', 'mx2.a.example', 'mx.b.example', 'smart.example']
  const all = [
    mx('a.example', 10, 'mx1.a.example'), mx('a.example', 10, 'mx2.a.example'), mx('b.example', 5, 'mx.b.example'), mx('b.example', 7, 'mx1.a.example'),
    a('c.example', '198.51.100.9'), ...hosts.map((host, at) => a(host, `198.51.100.${at + 1}`)),
  ] // prettier-ignore
  const { plan } = await routeRun(all)
  const mxOf: { [domain: string]: string[] } = { 'a.example': hosts.slice(0, 2), 'b.example': ['mx.b.example', 'mx1.a.example'], 'c.example': ['c.example'] } // prettier-ignore
  const given = record<Given>({
    to: constantFrom(...Object.keys(mxOf), 'nobody.example', '[198.51.100.9]'),
    list: subarray([...hosts, ...Object.keys(mxOf), '198.51.100.9']),
    smart: boolean(),
    tls: constantFrom('plain', 'starttls', 'implicit'),
    sources: array(constantFrom('192.0.2.4', '203.0.113.9', '2001:db8::4'), { maxLength: 2 }),
    requireTls: boolean(),
  })
  const check = async ({ to, list, smart, tls, sources, requireTls }: Given): Promise<void> => {
    const policy = {
      domains: smart ? [{ domain: '*', smarthost: { ...smarthost, tls } }] : [],
      sourceHosts: sources.map((address) => ({ address, name: 'x.shop.example' })),
    }
    const route = await plan(legTo(to, { requireTls }), { allowed: list, policy, secrets })
    const { auth, ...shown } = route.kind === 'smtp' ? route : { ...route, auth: undefined }
    expect(JSON.stringify(shown)).not.toMatch(/hunter/)
    if (route.kind !== 'smtp') return
    const key = to.replace(/[[\]]/g, '')
    for (const { host, addresses, tls: demand } of route.hops) {
      expect(list.includes(key) || list.includes(host)).toBe(true)
      expect(addresses.length).toBeGreaterThan(0)
      if (auth) expect(demand.level).toBe('verified')
      if (requireTls) expect(['verified', 'dane']).toContain(demand.level)
    }
    expect(route.hops.length).toBeGreaterThan(0)
  }
  await assert(asyncProperty(given, check), { numRuns: 150 })
}) // prettier-ignore
