import { assert, constantFrom, property, record, array, boolean, option, subarray } from 'fast-check'
import { expect, test } from 'vitest'
import { decideRelay, offerFor } from '#shared/relay/decide.ts'
import type { RelayAttempt } from '#shared/relay/decision.ts'
import { emptyPolicy, type RelayPolicy } from '#shared/relay/policy.ts'
import { rulesOf } from '#shared/relay/rules.ts'
import { articlesPolicy } from '../../support/relay/articles.ts'
import { plainDecision } from '../../support/relay/plainRules.ts'

const stranger: RelayAttempt = {
  client: '203.0.113.77', secured: false, sender: 'app@staging.shop.example', recipient: 'lee@gannet.example',
} // prettier-ignore
const flag = option(boolean(), { nil: undefined })
const tried = (given: Partial<RelayAttempt>) => decideRelay(articlesPolicy(), { ...stranger, ...given })

test('a stranger is refused, and the trace says by which rule and what it compared', () => {
  const { relay, because, reply, decidedBy, trace } = tried({})
  expect(relay).toBe(false)
  expect(because).toBe('Refused, because nobody had signed in and everybody must.')
  expect(reply).toEqual({ code: 530, enhanced: '5.7.0', text: 'Authentication required' })
  expect(
    trace.map(({ number, rule, result, compared }) => `${number} ${rule}: ${result}, ${compared}`),
  ).toEqual([
    '1 source 10.0.5.20 always-allow-relaying true: no-match, 203.0.113.77 is outside 10.0.5.20',
    '2 source 0/0 require-starttls-before-auth true: go-on, 203.0.113.77 is inside 0/0, which is everybody; signing in is not offered, for the connection is in clear',
    '3 smtp-user foo: no-match, Nobody has signed in',
    '4 relay-domain some.domain: no-match, gannet.example is not some.domain',
    '5 relay-address bounce@bounce.yourdomain.com: no-match, lee@gannet.example does not match',
    String.raw`6 relay-address /@foo(bar)?\.com$/: no-match, lee@gannet.example does not match`,
    '7 source 0/0 require-auth true: decided, 203.0.113.77 is inside 0/0, which is everybody; no AUTH before RCPT',
    '8 everybody else: not-reached, Would match: No rule above allows it',
  ])
  expect(decidedBy).toBe(7)
})

test.each(['postmaster', 'PostMaster'])('%s without a domain is taken from everybody, before every rule, and goes nowhere', (recipient) => {
  for (const policy of [emptyPolicy(), articlesPolicy()]) {
    const { relay, because, decidedBy, trace, reply } = decideRelay(policy, { ...stranger, recipient })
    expect([relay, decidedBy, reply]).toEqual([true, 0, undefined])
    expect(because).toBe('Taken, because it is to the postmaster of this server, which everybody may write to; it is kept in the Inbox and goes nowhere.')
    expect(trace.map(({ number }) => number)).toEqual([0, ...rulesOf(policy).map((_, place) => place + 1)])
    expect(trace.map(({ result }) => result)).toEqual(['decided', ...rulesOf(policy).map(() => 'not-reached')])
    expect(trace[0]?.compared).toBe(`${recipient} without a domain is this server itself, which everybody may write to (RFC 5321 §4.5.1)`)
  }
  expect(tried({ recipient: `${recipient}@gannet.example` }).relay).toBe(false)
}) // prettier-ignore

test.each<[string, Partial<RelayAttempt>, string]>([
  ['foo, signed in', { user: 'foo', secured: true }, 'Relayed, because foo has signed in.'],
  ['a name that is no user', { user: 'eve' }, 'Refused, because eve is no user of this relay and everybody must.'],
  ['the one address', { client: '10.0.5.20' }, 'Relayed, because clients in 10.0.5.20 may always relay.'],
  ['that address inside IPv6', { client: '::ffff:10.0.5.20' }, 'Relayed, because clients in 10.0.5.20 may always relay.'],
  ['its neighbour', { client: '10.0.5.21' }, 'Refused, because nobody had signed in and everybody must.'],
  ['IPv6', { client: '2001:db8::5' }, 'Refused, because nobody had signed in and everybody must.'],
  ['a relay domain', { recipient: 'a@Some.Domain' }, 'Relayed, because some.domain is a relay domain, to which anybody may send.'],
  ['a name below it', { recipient: 'a@x.some.domain' }, 'Refused, because nobody had signed in and everybody must.'],
  ['the address', { recipient: 'bounce@bounce.yourdomain.com' }, 'Relayed, because bounce@bounce.yourdomain.com is a relay address, to which anybody may send.'],
  ['the pattern', { recipient: 'x@foobar.com' }, 'Relayed, because x@foobar.com is a relay address, to which anybody may send.'],
  ['beside the pattern', { recipient: 'x@foobar.com.evil.example' }, 'Refused, because nobody had signed in and everybody must.'],
])('%s', (_, given, because) => { expect(tried(given).because).toBe(because) }) // prettier-ignore

test('a rule behind the one that decided says what is true of the user', () => {
  const { trace } = tried({ user: 'foo', secured: true })
  expect(trace.find(({ rule }) => rule.includes('require-auth'))!.compared).toBe(
    'Would match: 203.0.113.77 is inside 0/0, which is everybody; foo has signed in',
  )
})

test('the narrowest source speaks, directive by directive, and the later of two alike', () => {
  const policy = {
    ...emptyPolicy(),
    sources: [
      { match: '10.0.0.0/8', alwaysAllowRelaying: true, requireStarttls: true },
      { match: '10.1.0.0/16', alwaysAllowRelaying: false },
      { match: '10.2.0.0/16', requireStarttls: true },
      { match: '10.2.0.0/16', requireStarttls: false },
    ],
  }
  const from = (client: string, secured = true) => decideRelay(policy, { ...stranger, client, secured })
  expect(from('10.9.0.1').relay).toBe(true)
  expect(from('10.9.0.1', false).reply).toMatchObject({
    code: 530,
    text: 'Must issue a STARTTLS command first',
  })
  expect(from('10.1.0.1').reply).toMatchObject({ code: 550, enhanced: '5.7.1' })
  expect(
    from('10.1.0.1').trace.find(({ rule }) => rule.startsWith('source 10.0.0.0/8 always'))?.compared,
  ).toBe('source 10.1.0.0/16 has said it already')
  expect(from('10.2.0.1', false).relay).toBe(true)
})

test('what a client is offered; without a word, credentials are not taken in clear', () => {
  expect(offerFor(emptyPolicy(), '10.0.0.1')).toEqual({
    starttls: true,
    starttlsRequired: false,
    authAfterTls: true,
  })
  const policy = { ...emptyPolicy(), sources: [{ match: '10/8', allowStarttls: false, requireStarttlsBeforeAuth: false }, { match: '10.1/16', requireStarttls: true }] } // prettier-ignore
  expect(offerFor(policy, '10.0.0.1')).toEqual({
    starttls: false,
    starttlsRequired: false,
    authAfterTls: false,
  })
  expect(offerFor(policy, '10.1.0.1')).toEqual({
    starttls: true,
    starttlsRequired: true,
    authAfterTls: false,
  })
})

test('of ten thousand rules those near the one that decided are told, the others counted', () => {
  const relayDomains = Array.from({ length: 10_000 }, (_, i) => ({ domain: `d${i}.example` }))
  const { relay, decidedBy, trace } = decideRelay({ ...emptyPolicy(), relayDomains }, { ...stranger, recipient: 'a@d5000.example' }) // prettier-ignore
  expect([relay, decidedBy]).toEqual([true, 5001])
  expect(trace.length).toBeLessThan(410)
  expect(trace[0]).toMatchObject({ number: 1, rule: '4801 rules', result: 'no-match' })
  expect(trace.at(-1)?.rule).toBe('4800 rules')
})

test('whatever the policy, one rule decides, and nobody relays whom no rule allows', () => {
  const source = record({
    match: constantFrom('0/0', '10/8', '10.0.5.20', '203.0.113.0/24', '::/0'),
    requireAuth: flag, requireStarttls: flag, alwaysAllowRelaying: flag,
  }) // prettier-ignore
  const attempt = record({
    client: constantFrom('10.0.5.20', '203.0.113.77', '2001:db8::5'),
    secured: boolean(),
  })
  assert(
    property(array(source, { maxLength: 6 }), attempt, (sources, given) => {
      const { relay, decidedBy, trace } = decideRelay(
        { ...emptyPolicy(), sources },
        { ...stranger, ...given },
      )
      expect(trace.filter(({ result }) => result === 'decided').map(({ number }) => number)).toEqual([
        decidedBy,
      ])
      if (!sources.some(({ alwaysAllowRelaying }) => alwaysAllowRelaying === true)) expect(relay).toBe(false)
    }),
  )
})

const anySource = record({
  match: constantFrom('0/0', '10/8', '10.0.0.0/9', '10.0.5.20', '10.0.5.16/29', '203.0.113.0/24', '0.0.0.0/0', '::/0', '2001:db8::/32', '2001:db8::5', '2001:db8::/33', 'x'),
  requireAuth: flag, requireStarttls: flag, alwaysAllowRelaying: flag, requireStarttlsBeforeAuth: flag,
}) // prettier-ignore
const domains = [
  'a.example',
  'A.example',
  '*.a.example',
  '*.example',
  'b.a.example',
  'bücher.example',
  'xn--bcher-kva.example',
  '*.Bücher.example',
  '*',
  'example',
]
const patterns = [
  'lee@a.example',
  'LEE@bücher.example',
  '/@a\\.example$/',
  '/bücher/',
  '/(/',
  '/^lee@/',
  'x@b.a.example',
]
const recipients = [...domains.map((one) => `lee@${one.replace('*', 'x.y')}`), 'lee@xn--bcher-kva.example', 'Lee@BÜCHER.example', 'x@.a.example', 'x@*', 'x@b.a.example', 'nobody'] // prettier-ignore
const anyAttempt = record({
  client: constantFrom('10.0.5.20', '10.0.5.21', '10.200.0.1', '203.0.113.77', '2001:db8::5', '2001:db8:8000::1', '::ffff:10.0.5.20', 'fe80::1%eth0', 'nobody'),
  secured: boolean(),
  user: option(constantFrom('foo', 'eve'), { nil: undefined }),
  sender: constantFrom('a@b.example'),
  recipient: constantFrom(...recipients),
}) // prettier-ignore
const anyPolicy = record({
  users: subarray([{ name: 'foo', method: 'password' as const }, { name: 'bar', method: 'password' as const, line: 3 }]),
  sources: array(anySource, { maxLength: 8 }),
  relayDomains: array(record({ domain: constantFrom(...domains) }), { maxLength: 5 }),
  relayAddresses: array(record({ pattern: constantFrom(...patterns) }), { maxLength: 5 }),
}) // prettier-ignore

test('what is compiled decides as the plain rules one after another do, with the same trace', () => {
  assert(
    property(anyPolicy, anyAttempt, (given, made) => {
      const policy = { ...emptyPolicy(), ...given } as RelayPolicy
      const { user, ...rest } = made
      const attempt = user === undefined ? rest : { ...rest, user }
      const plain = plainDecision(policy, attempt)
      const { decidedBy, trace, relay, reply } = decideRelay(policy, attempt)
      expect([decidedBy, relay, reply]).toEqual([plain.decidedBy, plain.finding.relay ?? false, plain.finding.reply]) // prettier-ignore
      expect(trace).toEqual(plain.trace)
    }),
    { numRuns: 2000 },
  )
})
test('a hundred thousand domains and ten thousand networks cost no more looks than a few', () => {
  const relayDomains = Array.from({ length: 100_000 }, (_, i) => ({ domain: i % 2 ? `d${i}.example` : `*.d${i}.example` })) // prettier-ignore
  const sources = Array.from({ length: 10_000 }, (_, i) => ({ match: `10.${i >> 8}.${i & 255}.0/24`, alwaysAllowRelaying: false })) // prettier-ignore
  const policy = { ...emptyPolicy(), relayDomains, sources }
  let looked = 0
  for (const rule of rulesOf(policy)) {
    const { look } = rule
    rule.look = (attempt) => {
      looked++
      return look(attempt)
    }
  }
  expect(decideRelay(policy, { ...stranger, recipient: 'a@x.d99998.example' }).decidedBy).toBe(109_999)
  expect(decideRelay(policy, { ...stranger, client: '10.1.2.3' })).toMatchObject({ relay: false, decidedBy: 110_001 }) // prettier-ignore
  // Two traces of 401 steps at most, and what decides.
  expect(looked).toBeLessThan(900)
})
const may = (domain: string, recipient: string) => decideRelay({ ...emptyPolicy(), relayDomains: [{ domain }] }, { ...stranger, recipient }).relay // prettier-ignore

test('a domain in U-labels and one in A-labels are the same, in a rule as in a recipient', () => {
  expect(may('bücher.example', 'a@XN--BCHER-KVA.example')).toBe(true)
  expect(may('xn--bcher-kva.example', 'a@Bücher.example')).toBe(true)
  expect(may('*.bücher.example', 'a@x.xn--bcher-kva.example')).toBe(true)
  expect(may('bücher.example', 'a@bucher.example')).toBe(false)
})
