import { expect, test } from 'vitest'
import type { ProbeFacts } from '#shared/diagnosis/facts.ts'
import { recommend } from '#shared/diagnosis/recommend.ts'
import { attempt, daneFacts, facts, proof, silent, stsFacts } from '#test/support/diagnosis/facts.ts'

test('implicit TLS before STARTTLS before the convention, whatever the order', () => {
  const all = [2525, 587, 465, 25].map((port) => attempt(port))
  expect(recommend(facts({ attempts: all }))).toMatchObject({ port: 465, tls: 'implicit' })
  expect(recommend(facts({ attempts: all.filter(({ port }) => port !== 465) }))).toMatchObject({
    port: 587,
    tls: 'starttls',
  })
  expect(recommend(facts({ attempts: [attempt(2525), attempt(25)] }))).toMatchObject({ port: 2525 })
})

test('one sentence that says why, and what is the matter with 465', () => {
  const found = recommend(facts({ attempts: [attempt(587), silent(465, { outcome: 'refused' })] }))!
  expect(found.reason).toBe('Use port 587 with STARTTLS, and require it: from here it answers, its certificate holds, it lets you sign in inside TLS, and it is the standard port for handing in mail (RFC 6409); 465 does not serve here (refused).') // prettier-ignore
})

test('where articles and the standard differ, both, dated; otherwise one', () => {
  const { views } = recommend(facts({ attempts: [attempt(465)] }))!
  expect(views.map(({ who }) => who.slice(0, 8))).toEqual(['RFC 8314', 'Bird (Sp'])
  for (const { date, says } of views) {
    expect(date).toMatch(/^\d{4}-\d\d/)
    expect(says).toMatch(/[.]$/)
  }
  expect(recommend(facts({ attempts: [attempt(587)] }))!.views).toHaveLength(1)
})

test('a known provider’s own word is put beside it, dated', () => {
  const host = 'smtp.sparkpostmail.com'
  expect(recommend(facts({ host, attempts: [attempt(587)] }))!.provider).toMatchObject({ agrees: true, name: 'SparkPost' }) // prettier-ignore
  expect(recommend(facts({ host, attempts: [attempt(465)] }))!.provider).toMatchObject({ agrees: false })
})

test('a certificate that does not hold, an old version, no greeting: not recommended', () => {
  const bad = [
    attempt(465, { tls: { version: 'TLSv1.3', verified: false } }),
    attempt(587, { tls: { version: 'TLSv1', verified: true } }),
    attempt(2525, { greeted: false }),
    attempt(25, { tls: undefined }),
  ]
  expect(recommend(facts({ attempts: bad }))).toBeNull()
})

test('signing in counts for more than the port', () => {
  const found = recommend(facts({ attempts: [attempt(465, { mechanisms: [] }), attempt(587)] }))
  expect(found?.port).toBe(587)
})

test('a mail domain is delivered to on port 25', () => {
  const domain = { domain: 'example.org', mx: 'found', hosts: ['mx.example.org'], hasAddress: false, proof: proof() } as const // prettier-ignore
  expect(recommend(facts({ domain, attempts: [attempt(465), attempt(25)] }))).toMatchObject({
    port: 25,
    tls: 'opportunistic',
  })
  expect(recommend(facts({ domain, attempts: [attempt(465)] }))).toBeNull()
})

test('which MX offers TLS is said by name: the one that is tried first need not', () => {
  const domain = { domain: 'example.org', mx: 'found', hosts: ['mx1.test', 'mx2.test'], hasAddress: false, proof: proof() } as const // prettier-ignore
  const [one, two] = [attempt(25, { host: 'mx1.test' }), attempt(25, { host: 'mx2.test' })]
  const bare = attempt(25, { host: 'mx1.test', starttls: false, tls: undefined })
  const reason = (...attempts: (typeof one)[]) => recommend(facts({ domain, attempts }))!.reason
  expect(reason(one)).toContain('with STARTTLS, which mx1.test offers:')
  expect(reason(one, two)).toContain('with STARTTLS, which mx1.test and mx2.test offer:')
  expect(reason(bare, two)).toContain('to mx2.test with STARTTLS, to mx1.test in clear, for there no STARTTLS is offered:') // prettier-ignore
  expect(reason(bare)).toContain('in clear, for with mx1.test no STARTTLS is offered:')
  expect(reason({ ...bare, starttls: true })).toContain('TLS cannot be made')
  const many = ['a', 'b', 'c', 'd'].map((host) => attempt(25, { host }))
  expect(reason(...many)).toContain('which 4 mail servers offer')
  expect(reason(...many.slice(1))).toContain('which b, c and d offer')
  expect(recommend(facts({ domain, attempts: [one, two] }))!.proof).toHaveLength(2)
})

test('in clear is no advice for who keeps to DANE or MTA-STS, and that is said', () => {
  const domain = { domain: 'example.org', mx: 'found', hosts: ['mx1.test'], hasAddress: false, proof: proof() } as const
  const bare = attempt(25, { host: 'mx1.test', starttls: false, tls: undefined })
  const reason = (more: Partial<ProbeFacts>) => recommend(facts({ domain, attempts: [bare], ...more }))!.reason
  const dane = daneFacts({ host: 'mx1.test' })
  expect(reason({ dane: [dane] })).toContain('(a sender that keeps to DANE delivers nothing to mx1.test):')
  expect(reason({ mtaSts: stsFacts() })).toContain('(a sender that keeps to MTA-STS delivers nothing to mx1.test):')
  expect(reason({ dane: [dane], mtaSts: stsFacts() })).toContain('DANE or MTA-STS')
  for (const more of [{ dane: [{ ...dane, security: 'insecure' as const }] }, { mtaSts: stsFacts({ mode: 'testing' }) }, { mtaSts: stsFacts({ policy: 'unreachable' }) }, { dane: [dane], attempts: [attempt(25, { host: 'mx1.test' })] }])
    expect(reason(more)).not.toContain('delivers nothing')
}) // prettier-ignore
