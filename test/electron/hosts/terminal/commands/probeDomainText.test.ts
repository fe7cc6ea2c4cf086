import { expect, test } from 'vitest'
import type { DomainReport } from '#shared/rpc/contract/probeDomain.ts'
import { report } from '#test/support/probeReport.ts'
import { domainText } from '../../../../../electron/hosts/terminal/commands/probeDomainText.ts'

const domain: DomainReport = {
  session: 'd',
  name: 'example.com',
  mx: 'found',
  hasAddress: true,
  security: 'secure',
  records: [
    { preference: 10, host: 'mx1.example.com', addresses: ['192.0.2.1'] },
    { preference: 20, host: 'mx2.example.com', addresses: [], problem: 'not-found' },
  ],
  tlsa: [
    { host: 'mx1.example.com', port: 25, security: 'secure', answered: true, records: [{ usage: 3, selector: 1, matching: 1 }] },
    { host: 'mx2.example.com', port: 25, security: 'unproven', answered: false, records: [] },
  ],
  mtaSts: { record: 'found', policy: 'read', mode: 'enforce', patterns: ['mx1.example.com'], failing: [] },
  tlsReporting: { record: 'found', reports: ['mailto:tls@example.com'] },
} // prettier-ignore

test('MX in order, policies, names of addresses', () => {
  const reverse = [
    { address: '192.0.2.1', state: 'found' as const, names: ['mx1.example.com', 'other.example'], confirmed: ['mx1.example.com'] },
    { address: '192.0.2.2', state: 'none' as const, names: [], confirmed: [] },
  ] // prettier-ignore
  expect(domainText(report([], { domain, reverse }))).toEqual([
    'Domain example.com',
    '  MX 10 mx1.example.com (192.0.2.1), DNSSEC secure',
    '  MX 20 mx2.example.com, DNSSEC secure: a name that does not exist',
    '  TLSA of mx1.example.com port 25: 1 (DNSSEC secure)',
    '  TLSA of mx2.example.com port 25: nobody answered',
    '  MTA-STS: enforce',
    '  TLS reporting: found to mailto:tls@example.com',
    '  PTR 192.0.2.1: mx1.example.com, other.example (does not lead back)',
    '  PTR 192.0.2.2: no name',
  ])
})

test.each([
  [{ mx: 'null' as const }, '  MX: none, on purpose (the null MX): it takes no mail'],
  [{ mx: 'failed' as const }, '  MX: not known, for want of a usable answer'],
  [{ mx: 'none' as const }, '  MX: none; mail goes to its own address'],
])('%o', (more, line) => {
  expect(domainText(report([], { domain: { ...domain, ...more } }))).toContain(line)
})

test('nothing was asked, nothing is said', () => {
  expect(domainText(report([]))).toEqual([])
})
