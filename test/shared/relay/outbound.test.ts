import { assert, constantFrom, integer, property, subarray } from 'fast-check'
import { expect, test } from 'vitest'
import { chooseVirtualMta, outboundRules, waitAfter, type OutboundMessage } from '#shared/relay/outbound.ts'
import { emptyPolicy, outboundDefaults, type RelayPolicy } from '#shared/relay/policy.ts'
import { inDomain } from '#shared/relay/rules.ts'
import { articlesPolicy } from '../../support/relay/articles.ts'

const message: OutboundMessage = { client: '10.1.1.1', sender: 'news@shop.example', recipient: 'a@b.example', headers: new Map() } // prettier-ignore

test('without a word the defaults hold', () => {
  const rules = outboundRules(emptyPolicy(), undefined, 'b.example')
  expect(rules).toMatchObject({ ...outboundDefaults, sourceHosts: [], from: { retryAfter: 'default' } })
})
test('mta1 and mta2 of the articles have their own address, name, TLS rule and retry time', () => {
  const [one, two, none] = ['mta1', 'mta2', undefined].map((mta) => outboundRules(articlesPolicy(), mta, 'b.example'))
  expect(one).toMatchObject({ requireStarttls: true, retryAfter: [600_000], sourceHosts: [{ address: '1.2.3.4', name: 'mta1.yourserver.com' }] })
  expect(two).toMatchObject({ useStarttls: false, requireStarttls: false, retryAfter: [2_700_000], sourceHosts: [{ address: '2.3.4.5' }] })
  expect(none).toMatchObject({ useStarttls: true, requireStarttls: true, sourceHosts: [{ address: '192.168.0.10' }] })
  expect(one?.from.retryAfter).toBe('virtual-mta mta1, domain *')
  expect(none?.from).toMatchObject({ useStarttls: 'domain *', retryAfter: 'default' })
}) // prettier-ignore
test('the nearer entry, value by value: the domain, its parent, everybody; the virtual MTA first', () => {
  const policy: RelayPolicy = {
    ...emptyPolicy(),
    domains: [
      { domain: '*', maxConnections: 1, bounceAfter: 86_400_000, useStarttls: false },
      { domain: '*.b.example', maxConnections: 2, retryAfter: [60_000] },
      { domain: 'x.b.example', maxConnections: 3, requireStarttls: true },
    ],
    virtualMtas: [{ name: 'm', sourceHosts: [], domains: [{ domain: '*', maxConnections: 9 }] }],
  }
  expect(outboundRules(policy, undefined, 'X.b.example')).toMatchObject({ maxConnections: 3, retryAfter: [60_000], bounceAfter: 86_400_000, useStarttls: true, requireStarttls: true }) // prettier-ignore
  expect(outboundRules(policy, undefined, 'y.b.example')).toMatchObject({
    maxConnections: 2,
    useStarttls: false,
  })
  expect(outboundRules(policy, 'm', 'x.b.example')).toMatchObject({
    maxConnections: 9,
    requireStarttls: true,
  })
  expect(outboundRules(policy, 'unknown', 'c.example')).toMatchObject({ maxConnections: 1 })
  expect(outboundRules(policy, 'm', 'x.b.example').from.maxConnections).toBe('virtual-mta m, domain *')
  expect(outboundRules(policy, undefined, 'y.b.example').from).toMatchObject({ maxConnections: 'domain *.b.example' }) // prettier-ignore
  expect(outboundRules(policy, undefined, 'c.example').from).not.toHaveProperty('maxRate')
})
const ca = (path: string) => ({ ca: { path, line: 2 } })

test('authorities are looked up as the rest: the nearer entry, the virtual MTA first', () => {
  const policy: RelayPolicy = {
    ...emptyPolicy(),
    domains: [{ domain: '*', ...ca('/all.pem') }, { domain: 'b.example', ...ca('/b.pem') }],
    virtualMtas: [{ name: 'm', sourceHosts: [], domains: [{ domain: '*', ...ca('/m.pem') }] }],
  } // prettier-ignore
  expect(outboundRules(policy, undefined, 'b.example')).toMatchObject({ ca: '/b.pem', from: { ca: 'domain b.example' } }) // prettier-ignore
  expect(outboundRules(policy, 'm', 'b.example')).toMatchObject({ ca: '/m.pem', from: { ca: 'virtual-mta m, domain *' } }) // prettier-ignore
  expect(outboundRules(emptyPolicy(), 'm', 'b.example')).not.toHaveProperty('ca')
})
test('the header where it may, the rules, the user, the source; a name that is not defined is none', () => {
  const policy: RelayPolicy = {
    ...articlesPolicy(),
    users: [{ name: 'foo', method: 'password', virtualMta: 'mta2' }],
    sources: [{ match: '10/8', virtualMta: 'mta1' }, { match: '10.9/16', processVirtualMtaHeader: true, virtualMta: 'gone' }],
    virtualMtaRules: [{ of: 'mail-from', pattern: '/^bulk@/', virtualMta: 'mta1' }, { of: 'header', field: 'X-Job', pattern: '/news/', virtualMta: 'mta2' }],
  } // prettier-ignore
  const chosen = (given: Partial<OutboundMessage>) => chooseVirtualMta(policy, { ...message, ...given })
  const asking = new Map([['x-virtual-mta', ' mta2 ']])
  expect(chosen({ headers: asking })).toEqual({ virtualMta: 'mta1', because: 'it is the one of the source of the client' }) // prettier-ignore
  expect(chosen({ client: '10.9.0.1', headers: asking })).toMatchObject({ virtualMta: 'mta2', because: 'the message asks for it in x-virtual-mta' }) // prettier-ignore
  expect(chosen({ sender: 'bulk@x', user: 'foo' })).toMatchObject({ virtualMta: 'mta1', because: 'mail-from matches /^bulk@/' }) // prettier-ignore
  expect(chosen({ headers: new Map([['x-job', 'the news']]) })).toMatchObject({ virtualMta: 'mta2', because: 'X-Job matches /news/' }) // prettier-ignore
  expect(chosen({ user: 'foo' })).toMatchObject({ virtualMta: 'mta2', because: 'it is the one of user foo' })
  expect(chosen({ client: '10.9.0.1' }).virtualMta).toBeUndefined()
  expect(chosen({ client: '192.0.2.1' })).toEqual({ because: 'no rule names a virtual MTA' })
})
test('waits in their order, the last for all further; the last try falls on the end', () => {
  const rules = { retryAfter: [60_000, 300_000], bounceAfter: 600_000 }
  expect([1, 2, 3, 9].map((tried) => waitAfter(rules, tried, 0))).toEqual([60_000, 300_000, 300_000, 300_000])
  expect(waitAfter(rules, 2, 590_000)).toBe(10_000)
  expect(waitAfter(rules, 2, 600_000)).toBeNull()
  assert(
    property(integer({ min: 1, max: 50 }), integer({ min: 0, max: 700_000 }), (tried, age) => {
      const wait = waitAfter(rules, tried, age)
      if (wait === null) expect(age).toBeGreaterThanOrEqual(rules.bounceAfter)
      else expect(age + wait).toBeLessThanOrEqual(rules.bounceAfter)
    }),
  )
})
test('a domain entry holds for both spellings of its name', () => {
  const domains = [{ domain: 'bücher.example', maxConnections: 3 }, { domain: '*.xn--bcher-kva.example', maxConnections: 4 }] // prettier-ignore
  const most = (domain: string) => outboundRules({ ...emptyPolicy(), domains }, undefined, domain).maxConnections // prettier-ignore
  expect(['XN--bcher-kva.example', 'Bücher.example', 'x.bücher.example'].map(most)).toEqual([3, 3, 4])
})
const near = (own: string, entry: string) => (entry === '*' ? 0 : inDomain(own, entry) ? (entry.startsWith('*.') ? entry.length : 999) : -1) // prettier-ignore

test('the nearest of many entries is the one that trying each of them finds', () => {
  const names = ['*', '*.example', '*.b.example', 'b.example', '*.x.b.example', 'x.b.example', 'B.example']
  assert(
    property(subarray(names, { minLength: 1 }), constantFrom('b.example', 'x.b.example', 'y.x.b.example', 'c.example', 'example', '*'), (list, domain) => {
      const domains = list.map((one, place) => ({ domain: one, maxConnections: place + 1 }))
      const nearest = domains.filter((one) => near(domain, one.domain) >= 0).toSorted((a, b) => near(domain, b.domain) - near(domain, a.domain))[0]
      expect(outboundRules({ ...emptyPolicy(), domains }, undefined, domain).maxConnections).toBe(nearest?.maxConnections ?? outboundDefaults.maxConnections)
    }),
  )
}) // prettier-ignore
