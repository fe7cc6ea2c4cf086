import { expect, it } from 'vitest'
import { domainChanges } from '#shared/probe/domainChanges.ts'
import type { DomainReport } from '#shared/rpc/contract/probeDomain.ts'
import { report } from '#test/support/probeReport.ts'

const domain: DomainReport = {
  session: 's',
  name: 'a.test',
  mx: 'found',
  hasAddress: false,
  security: 'secure',
  records: [{ preference: 10, host: 'mx.a.test', addresses: [] }],
  tlsa: [{ host: 'mx.a.test', port: 25, security: 'secure', answered: true, records: [{ usage: 3, selector: 1, matching: 1, matches: true }] }],
  mtaSts: { record: 'found', policy: 'read', mode: 'enforce', patterns: ['mx.a.test'], failing: [] },
  tlsReporting: { record: 'found', reports: ['mailto:r@a.test'] },
} // prettier-ignore
const said = (before: DomainReport, after: DomainReport): string[] =>
  domainChanges(report([], { domain: before }), report([], { domain: after })).map(
    ({ what, before: a, after: b, tone }) => `${what}: ${a} > ${b} (${tone})`,
  )

it('finds nothing between two equal answers, and none where nobody answered', () => {
  expect(said(domain, domain)).toEqual([])
  const { mtaSts: _, ...unheard } = domain
  const silent: DomainReport = { ...unheard, tlsReporting: { record: 'unanswered', reports: [] }, tlsa: [] }
  expect(said(domain, silent)).toEqual([])
  expect(domainChanges(report([], { domain }), report([]))).toEqual([])
})

it('tells MX, DNSSEC, TLSA, MTA-STS and TLS reporting', () => {
  const after: DomainReport = {
    ...domain,
    security: 'insecure',
    records: [...domain.records, { preference: 5, host: 'b.test', addresses: [] }],
    tlsa: [{ ...domain.tlsa[0]!, records: [{ usage: 3, selector: 1, matching: 1, matches: false }] }],
    mtaSts: { ...domain.mtaSts!, mode: 'testing', failing: [{ host: 'b.test', why: 'no TLS' }] },
    tlsReporting: { record: 'invalid', reports: [], problem: 'no rua' },
  }
  expect(said(domain, after)).toEqual([
    'MX: 10 mx.a.test > 10 mx.a.test, 5 b.test (neutral)',
    'DNSSEC: secure > insecure (worse)',
    'TLSA of mx.a.test port 25: 3 1 1 (matches) > 3 1 1 (does not match) (worse)',
    'MTA-STS: enforce for mx.a.test > testing for mx.a.test; not kept by b.test (worse)',
    'TLS reporting: mailto:r@a.test > invalid: no rua (worse)',
  ])
})

it('tells no more than the MX when nobody answered for them', () => {
  expect(said(domain, { ...domain, mx: 'failed', records: [], tlsa: [], security: 'unproven' })).toEqual([
    'MX: 10 mx.a.test > nobody answered (worse)',
  ])
})

it('tells names of addresses that both asked for, and another provider', () => {
  const row = { address: '192.0.2.1', state: 'found' as const, names: ['mx.a.test'], confirmed: ['mx.a.test'] } // prettier-ignore
  const provider = { name: 'One', by: 'mx' as const, sign: 'x', checked: '2026-01', source: 'https://a.test' }
  const before = report([], { reverse: [row, { ...row, address: '192.0.2.2' }], provider })
  const after = report([], { reverse: [{ ...row, confirmed: [] }] })
  expect(domainChanges(before, after)).toEqual([
    { what: 'provider', before: 'One', after: 'not known', tone: 'neutral' },
    {
      what: 'name of 192.0.2.1',
      before: 'mx.a.test',
      after: 'mx.a.test (does not lead back)',
      tone: 'worse',
    },
  ])
})
