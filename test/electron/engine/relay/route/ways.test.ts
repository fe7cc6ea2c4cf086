import { afterEach, describe, expect, test } from 'vitest'
import type { Route } from '#engine/relay/types.ts'
import { a, aaaa, mx } from '#test/support/dns/scriptedDns.ts'
import { legTo, routeRun, rulesWith, stopRoutes } from '#test/support/relay/routeRun.ts'

afterEach(stopRoutes)

const domain = 'gannet.example'
const records = [
  mx(domain, 10, 'mx1.gannet.example'), a('mx1.gannet.example', '198.51.100.1'), aaaa('mx1.gannet.example', '2001:db8:1::1'),
  a('smart.example', '198.51.100.7'),
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
  test('everything to one host, which is allowed thereby, under the name of the virtual MTA', async () => {
    const { plan, asked } = await routeRun(records)
    const delivery = { to: 'host', host: '127.0.0.1', port: 1025, tls: 'plain' } as const
    const settings = { delivery }
    const elsewhere = { ...mta1, sourceHosts: [{ address: '203.0.113.9', name: 'mta1.shop.example' }] }
    const policy = { virtualMtas: [elsewhere], domains: [{ domain: '*', smarthost, requireStarttls: true }] }
    const route = smtp(await plan(legTo(domain, { virtualMta: 'mta1' }), { settings, policy }))
    expect(route).toMatchObject({ hops: [{ host: '127.0.0.1', port: 1025, addresses: ['127.0.0.1'], tls: { level: 'off' } }], ehloName: 'mta1.shop.example' }) // prettier-ignore
    expect([route.sourceAddress, route.auth, asked()]).toEqual([undefined, undefined, []])
    const signed = await plan(legTo(domain), { settings: { delivery: { ...delivery, user: 'bob', host: 'smart.example', tls: 'starttls' } }, secrets }) // prettier-ignore
    expect(signed).toMatchObject({ auth: { user: 'bob', password: 'hunter3' }, hops: [{ tls: { level: 'verified' } }] }) // prettier-ignore
  })
})

describe('the rules', () => {
  test('of the virtual MTA, chosen by hand before the message’s own', async () => {
    const { plan } = await routeRun(records)
    const policy = { virtualMtas: [mta1, { ...mta1, name: 'mta2', sourceHosts: [{ address: '2001:db8::4', name: 'mta2.shop.example' }], domains: [] }] } // prettier-ignore
    const first = smtp(await plan(legTo(domain, { virtualMta: 'mta1' }), { allowed, policy }))
    expect(first).toMatchObject({ ehloName: 'mta1.shop.example', sourceAddress: '192.0.2.4', rules: { retryAfter: [600_000] }, hops: [{ addresses: ['198.51.100.1'], tls: { level: 'required', from: 'virtual-mta mta1, domain *' } }] }) // prettier-ignore
    expect(first.remarks).toContain('Leaves from 192.0.2.4 as mta1.shop.example (virtual MTA mta1).')
    const second = smtp(await plan(legTo(domain, { virtualMta: 'mta1' }, { virtualMta: 'mta2' }), { allowed, policy })) // prettier-ignore
    expect(second).toMatchObject({ ehloName: 'mta2.shop.example', sourceAddress: '2001:db8::4', hops: [{ addresses: ['2001:db8:1::1'], tls: { level: 'opportunistic' } }] }) // prettier-ignore
    expect(second.key).not.toBe(first.key)
  })
  test('a virtual MTA that is gone, and an address that this computer does not have', async () => {
    const { plan } = await routeRun(records)
    const gone = smtp(await plan(legTo(domain, { virtualMta: 'mta9' }), { allowed }))
    expect(gone).toMatchObject({ ehloName: 'relay.shop.example', remarks: expect.arrayContaining(['There is no virtual MTA mta9: the relay’s own rules hold.']) }) // prettier-ignore
    const policy = { sourceHosts: [{ address: '203.0.113.9', name: 'x.shop.example' }] }
    expect(await plan(legTo(domain), { allowed, policy })).toMatchObject({ kind: 'failed', permanent: false, words: expect.stringMatching(/^The relay sends from 203\.0\.113\.9, which/) }) // prettier-ignore
  })
  test('authorities of the rules go along, or it is said that they cannot be read; one host for everything is not theirs', async () => {
    const { router } = await routeRun(records)
    const policy = { domains: [{ domain: '*', smarthost: { host: '127.0.0.1', port: 2525, tls: 'starttls' as const }, ca: { path: '/ca.pem' } }] }
    const authorities = new Map([['/ca.pem', { pem: 'PEM', id: 'x' }]])
    const rules = rulesWith({ allowed, policy })
    const route = smtp(await router.plan(legTo(domain), { ...rules, authorities }))
    expect(route).toMatchObject({ trusted: { pem: 'PEM' }, hops: [{ tls: { level: 'verified', names: ['127.0.0.1'], from: 'smtp-ca, domain *' } }] })
    expect(route.remarks).toContain('Trusted besides the system’s: the authorities in /ca.pem (smtp-ca, domain *).')
    const without = smtp(await router.plan(legTo(domain), rules))
    expect(without).toMatchObject({ trusted: undefined, hops: [{ tls: { level: 'verified' } }] })
    expect(without.remarks).toContain('The authorities in /ca.pem (smtp-ca, domain *) could not be read: the system’s alone are trusted.')
    const all = rulesWith({ allowed, policy, settings: { delivery: { to: 'host', host: '127.0.0.1', port: 1, tls: 'starttls' } } })
    expect(smtp(await router.plan(legTo(domain), { ...all, authorities }))).toMatchObject({ trusted: undefined, hops: [{ tls: { level: 'required' } }] })
  }) // prettier-ignore
  test('a smarthost, allowed by its own name or by the domain’s', async () => {
    const { plan, asked } = await routeRun(records)
    const policy = { domains: [{ domain: '*', smarthost }] }
    expect(await plan(legTo(domain), { allowed: ['elsewhere.example'], policy })).toEqual({ kind: 'held', why: 'gannet.example is not among the allowed hosts, nor is smart.example, where its mail goes. Allow one of them, or send everything to the Inbox.', toAllow: ['gannet.example', 'smart.example'] }) // prettier-ignore
    expect(asked()).toEqual([])
    for (const one of [domain, 'smart.example']) {
      const route = smtp(await plan(legTo(domain), { allowed: [one], policy, secrets }))
      expect(route).toMatchObject({ hops: [{ host: 'smart.example', port: 587, addresses: ['198.51.100.7'], tls: { level: 'verified', names: ['smart.example'] } }], auth: { user: 'ann', password: 'hunter2' } }) // prettier-ignore
      expect(route.remarks).toContain(`${one} is among the allowed hosts.`)
    }
    expect(asked().join(' ')).not.toContain('MX')
  })
})
