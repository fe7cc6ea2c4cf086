import { expect, it } from 'vitest'
import { domainLines } from '#shared/probe/ticketDomain.ts'
import type { DomainReport } from '#shared/rpc/contract/probeDomain.ts'
import { report } from '#test/support/probeReport.ts'

const domain: DomainReport = {
  session: 's',
  name: 'a.test',
  mx: 'found',
  hasAddress: false,
  security: 'secure',
  records: [{ preference: 10, host: 'mx.a.test', addresses: ['192.0.2.1'], problem: 'alias' }],
  tlsa: [{ host: 'mx.a.test', port: 25, security: 'secure', answered: true, records: [{ usage: 3, selector: 1, matching: 1, matches: true }] }],
  mtaSts: { record: 'found', policy: 'read', mode: 'enforce', patterns: ['mx.a.test'], failing: [{ host: 'b', why: 'no TLS' }] },
  tlsReporting: { record: 'found', reports: ['mailto:r@a.test'] },
} // prettier-ignore

it('has MX in order, TLSA, MTA-STS, TLS reporting and names of addresses', () => {
  const reverse = [{ address: '192.0.2.1', state: 'found' as const, names: ['x.test'], confirmed: [] }]
  expect(domainLines(report([], { domain, reverse }))).toEqual([
    '## DNS and policies',
    '',
    'MX in their order (DNSSEC: secure):',
    '',
    '| Preference | Host | Addresses | Problem |',
    '|---|---|---|---|',
    '| 10 | `mx.a.test` | `192.0.2.1` | alias |',
    '',
    '- TLSA of `mx.a.test` port 25 (DNSSEC: secure): 3 1 1 matches',
    '- MTA-STS: enforce for `mx.a.test`; not kept by `b` (no TLS)',
    '- TLS reporting: `mailto:r@a.test`',
    '',
    '- `192.0.2.1`: `x.test` (does not lead back)',
  ])
})

it('says what there is not, and what nobody answered', () => {
  const { mtaSts: _, ...rest } = domain
  const lines = domainLines(report([], { domain: { ...rest, mx: 'none', records: [], tlsa: [], tlsReporting: { record: 'unanswered', reports: [] } } })) // prettier-ignore
  expect(lines).toContain('- MX: no MX (DNSSEC: secure)')
  expect(lines).toContain('- MTA-STS: nobody answered')
  expect(lines).toContain('- TLS reporting: nobody answered')
  expect(domainLines(report([]))).toEqual([])
})
