import { expect, it } from 'vitest'
import { tlsChanges } from '#shared/probe/tlsChanges.ts'
import type { TlsRow } from '#shared/rpc/contract/probeReport.ts'
import { working } from '#test/support/probeReport.ts'

const tls = working.tls!
const certificate = { subject: 'CN=mx.test', issuer: 'CN=CA', names: [], validFrom: 'a', validTo: 'b', serial: '1', fingerprint256: 'AA:BB', verified: true, chain: [] } // prettier-ignore
const scan = { session: 's', connections: 9, took: 1, groups: [], withoutName: 'same' as const, compression: false, asksCertificate: false, doubtful: false } // prettier-ignore
const said = (before: TlsRow | undefined, after: TlsRow | undefined): string[] =>
  tlsChanges(before, after).map(({ what, before: a, after: b, tone }) => `${what}: ${a} > ${b} (${tone})`)

it('tells TLS that came or went, version, suite and whether the certificate holds', () => {
  expect(said(undefined, tls)).toEqual(['TLS: none > TLSv1.3 (better)'])
  expect(said(tls, { ...tls, version: 'TLSv1.2', cipher: 'X', verified: false, problem: 'expired' })).toEqual(
    [
      'TLS version: TLSv1.3 > TLSv1.2 (worse)',
      'cipher suite: TLS_AES_256_GCM_SHA384 > X (neutral)',
      'certificate check: holds > does not hold: expired (worse)',
    ],
  )
})

it('tells a renewal by fingerprint', () => {
  const renewed = { ...certificate, fingerprint256: 'CC:DD', validTo: 'c' }
  expect(said({ ...tls, certificate }, { ...tls, certificate: renewed })).toEqual([
    'certificate: CN=mx.test, from CN=CA, until b, SHA-256 AA:BB… > CN=mx.test, from CN=CA, until c, SHA-256 CC:DD… (neutral)',
  ])
  expect(said({ ...tls, certificate }, tls)).toEqual([])
})

it('holds two whole scans against each other, and no others', () => {
  const old = { version: 'TLSv1', name: 'TLS_RSA_RC4', weakness: { grade: 'broken' as const, why: '', reference: '' } } // prettier-ignore
  const before = { ...tls, scan, versions: [...tls.versions, { version: 'TLSv1', accepted: true }], ciphers: [...tls.ciphers, old] } // prettier-ignore
  const after = { ...tls, scan }
  expect(said(before, after)).toEqual([
    'TLS versions accepted: TLSv1, TLSv1.3 > TLSv1.3 (better)',
    'cipher suites accepted: TLSv1 TLS_RSA_RC4 > no other (better)',
  ])
  expect(said(before, { ...after, scan: { ...scan, stopped: 'connecting: timeout' } })).toEqual([])
  expect(said(before, { ...after, scan: { ...scan, doubtful: true } })).toEqual([])
  expect(said(before, tls)).toEqual([])
})
