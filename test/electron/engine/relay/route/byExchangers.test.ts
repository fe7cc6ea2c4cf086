import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { a, bits, codes, mx, tlsa, txt, withCode, zone } from '#test/support/dns/scriptedDns.ts'
import { plainText, startPolicyServer, type PolicyServer } from '#test/support/dns/policyServer.ts'
import { legTo, routeRun, stopRoutes, type RulesGiven } from '#test/support/relay/routeRun.ts'

const domain = 'gannet.example'
let server: PolicyServer
beforeAll(async () => {
  server = await startPolicyServer(`mta-sts.${domain}`)
})
afterAll(() => server.stop())
afterEach(stopRoutes)
beforeEach(() => {
  server.asked.length = 0
  server.answer = plainText('version: STSv1\nmode: enforce\nmx: mx1.gannet.example\nmax_age: 86400\n')
})

const records = [
  mx(domain, 10, 'mx1.gannet.example'), mx(domain, 20, 'mx2.other.example'),
  a('mx1.gannet.example', '198.51.100.1'), a('mx2.other.example', '198.51.100.2'),
] // prettier-ignore
const announced = [...records, txt(`_mta-sts.${domain}`, 'v=STSv1; id=1'), a(`mta-sts.${domain}`, '127.0.0.1')] // prettier-ignore
const run = (all = records, flags = 0) => routeRun(zone(all, flags), { policyPort: server.port, ca: server.ca, now: () => new Date() }) // prettier-ignore
const allowed = [domain]
const validating: RulesGiven = { allowed, settings: { resolverValidates: true } }
const off = { domain: '*', useStarttls: false }

describe('who is allowed', () => {
  test('nobody: nothing is asked of DNS, and the mail waits', async () => {
    const { plan, asked } = await run()
    expect(await plan(legTo(domain), {})).toEqual({ kind: 'held', why: 'gannet.example is not among the allowed hosts. Allow it, or send everything to the Inbox.', toAllow: ['gannet.example'] }) // prettier-ignore
    expect(asked()).toEqual([])
  })
  test('the domain: all its exchangers, in order', async () => {
    const { plan } = await run()
    expect(await plan(legTo(domain), { allowed })).toMatchObject({
      kind: 'smtp',
      hops: [
        { host: 'mx1.gannet.example', port: 25, addresses: ['198.51.100.1'], tls: { level: 'opportunistic', from: 'default' } },
        { host: 'mx2.other.example', port: 25 },
      ],
      remarks: expect.arrayContaining(['MX of gannet.example: 10 mx1.gannet.example, 20 mx2.other.example.', 'gannet.example is among the allowed hosts.']),
    })
  }) // prettier-ignore
  test('an exchanger: that one alone, and the domain’s policy host is not contacted', async () => {
    const { plan, asked } = await run(announced)
    const route = await plan(legTo(domain), { allowed: ['mx2.other.example'] })
    expect(route).toMatchObject({ hops: [{ host: 'mx2.other.example' }], remarks: expect.arrayContaining(['mx1.gannet.example is not among the allowed hosts and is left out.', expect.stringContaining('MTA-STS of gannet.example was not looked at')]) }) // prettier-ignore
    expect(asked().join(' ')).not.toContain('mta-sts')
    expect(server.asked).toEqual([])
  })
  test('somebody else: the mail waits, whatever DNS says', async () => {
    const { plan } = await run()
    expect(await plan(legTo(domain), { allowed: ['elsewhere.example'] })).toMatchObject({ kind: 'held', why: expect.stringContaining('nor is mx1.gannet.example, mx2.other.example') }) // prettier-ignore
    for (const name of ['nobody.example', '[192.0.2.1]'])
      expect(await plan(legTo(name), { allowed: ['elsewhere.example'] })).toMatchObject({ kind: 'held' })
  })
  test('a name of this computer: no name server is asked', async () => {
    const { plan, asked } = await run()
    expect(await plan(legTo('localhost'), { allowed: ['localhost'] })).toMatchObject({ hops: [{ host: 'localhost' }], remarks: expect.arrayContaining(['localhost is looked up on this computer, not in DNS.']) }) // prettier-ignore
    expect(asked()).toEqual([])
  })
  test('with an allowed domain the ends of DNS are ends', async () => {
    const { plan } = await run()
    expect(await plan(legTo('nobody.example'), { allowed: ['nobody.example'] })).toMatchObject({ kind: 'failed', enhanced: '5.1.2' }) // prettier-ignore
  })
})

describe('MTA-STS', () => {
  test('enforced: the hosts that it names, verified', async () => {
    const { plan } = await run(announced)
    expect(await plan(legTo(domain), { allowed })).toMatchObject({
      hops: [{ tls: { level: 'verified', names: ['mx1.gannet.example'], from: 'MTA-STS' } }],
      remarks: expect.arrayContaining([
        'mx2.other.example is left out: the MTA-STS policy does not name it.',
        'TLS with mx1.gannet.example: required, with a certificate for mx1.gannet.example (MTA-STS).',
      ]),
    })
  })
  test('known from a run before, and hidden now: in force', async () => {
    const policy = { mode: 'enforce' as const, maxAge: 86_400, patterns: ['mx1.gannet.example'] }
    const kept = { id: '1', policy, until: Date.now() + 86_400_000 }
    const policies = { load: async () => new Map([[domain, kept]]), save: async () => {} }
    const { plan } = await routeRun(zone(records, 0), { policies, now: () => new Date() })
    expect(await plan(legTo(domain), { allowed })).toMatchObject({ hops: [{ tls: { level: 'verified', from: 'MTA-STS' } }] }) // prettier-ignore
  })
  test('naming none of them: for now', async () => {
    server.answer = plainText('version: STSv1\nmode: enforce\nmx: mx9.gannet.example\nmax_age: 86400\n')
    const { plan } = await run(announced)
    expect(await plan(legTo(domain), { allowed })).toMatchObject({ kind: 'failed', permanent: false, enhanced: '4.4.4', words: expect.stringContaining('policy does not name it') }) // prettier-ignore
  })
  test('testing: said, and nothing more', async () => {
    server.answer = plainText('version: STSv1\nmode: testing\nmx: mx1.gannet.example\nmax_age: 86400\n')
    const { plan } = await run(announced)
    const route = await plan(legTo(domain), { allowed })
    expect(route).toMatchObject({ hops: [{ tls: { level: 'opportunistic' } }, {}], remarks: expect.arrayContaining(['gannet.example only tries MTA-STS out (mode testing): it demands nothing.']) }) // prettier-ignore
  })
  test('and rules that switch TLS off: they win, said; the policy is not fetched', async () => {
    const { plan } = await run(announced)
    const route = await plan(legTo(domain), { allowed, policy: { domains: [off] } })
    expect(route).toMatchObject({ hops: [{ tls: { level: 'off', from: 'domain *' } }, { tls: { level: 'off' } }], remarks: expect.arrayContaining(['gannet.example asks for TLS (MTA-STS); the rules switch it off (domain *), and so it is not used.']) }) // prettier-ignore
    expect(server.asked).toEqual([])
  })
})

const digest = new Uint8Array(32)
const bound = [...records, tlsa('_25._tcp.mx1.gannet.example', 3, 1, 1, digest)]
const broken = (name: RegExp) =>
  routeRun((asked, count) =>
    asked.type === 'TLSA' && name.test(asked.name)
      ? withCode(codes.serverFailure)
      : zone(bound, bits.authentic)(asked, count),
  )

describe('DANE', () => {
  test('proven: that host is bound, the other is as the rules say', async () => {
    const { plan } = await run(bound, bits.authentic)
    expect(await plan(legTo(domain), validating)).toMatchObject({
      hops: [
        { tls: { level: 'dane', names: ['mx1.gannet.example', domain], tlsa: [{ usage: 3, selector: 1, matching: 1 }], from: 'DANE' } },
        { tls: { level: 'opportunistic' } },
      ],
    })
  }) // prettier-ignore
  test('not proven, or not called validating: nothing', async () => {
    expect(await (await run(bound)).plan(legTo(domain), validating)).toMatchObject({ hops: [{ tls: { level: 'opportunistic' } }, {}] }) // prettier-ignore
    const { plan, asked } = await run(bound, bits.authentic)
    expect(await plan(legTo(domain), { allowed })).toMatchObject({ hops: [{ tls: { level: 'opportunistic' } }, {}] }) // prettier-ignore
    expect(asked().join(' ')).not.toContain('TLSA')
  })
  test('that cannot be believed: the host is left out; when none is left, for now', async () => {
    const { plan } = await broken(/mx1/)
    expect(await plan(legTo(domain), validating)).toMatchObject({ hops: [{ host: 'mx2.other.example' }], remarks: expect.arrayContaining([expect.stringContaining('TLSA records of mx1.gannet.example could not be asked for')]) })
    expect(await (await broken(/mx/)).plan(legTo(domain), validating)).toMatchObject({ kind: 'failed', permanent: false })
  }) // prettier-ignore
  test('and rules that switch TLS off: they win, said', async () => {
    const { plan } = await run(bound, bits.authentic)
    expect(await plan(legTo(domain), { ...validating, policy: { domains: [off] } })).toMatchObject({ hops: [{ tls: { level: 'off' } }, {}], remarks: expect.arrayContaining([expect.stringContaining('asks for TLS (DANE)')]) }) // prettier-ignore
  })
})

describe('REQUIRETLS', () => {
  const leg = legTo(domain, { requireTls: true })
  test('by MX that nothing proves: for good', async () => {
    const { plan } = await run()
    expect(await plan(leg, { allowed })).toMatchObject({ kind: 'failed', permanent: true, code: 550, enhanced: '5.7.30' }) // prettier-ignore
  })
  test('a report of the relay’s own by MX that nothing proves: verified, rather than lost', async () => {
    const { plan } = await run()
    expect(await plan(leg, { allowed })).toMatchObject({ kind: 'failed' })
    const report = legTo(domain, { requireTls: true, own: true, sender: '' })
    expect(await plan(report, { allowed })).toMatchObject({
      hops: [{ tls: { level: 'verified', from: 'REQUIRETLS' } }, {}],
    })
  })
  test('by MX that DNSSEC proves, by the domain’s own name, by an address: verified', async () => {
    const proven = await run(records, bits.authentic)
    expect(await proven.plan(leg, validating)).toMatchObject({ hops: [{ tls: { level: 'verified', from: 'REQUIRETLS', names: ['mx1.gannet.example'] } }, { tls: { level: 'verified' } }] }) // prettier-ignore
    const own = await run([a(domain, '198.51.100.1')])
    expect(await own.plan(leg, { allowed, policy: { domains: [off] } })).toMatchObject({ hops: [{ host: domain, tls: { level: 'verified' } }] }) // prettier-ignore
    expect(await own.plan(legTo('[192.0.2.9]', { requireTls: true }), { allowed: ['192.0.2.9'] })).toMatchObject({ hops: [{ host: '192.0.2.9', tls: { level: 'verified' } }] }) // prettier-ignore
  })
})
