import { expect, test } from 'vitest'
import type { TlsFacts } from '#shared/tls/scan/types.ts'
import { TlsRow } from '#shared/rpc/contract/probeReport.ts'
import { tlsRow } from '#engine/probe/tlsRow.ts'
import type { Scanned } from '#engine/probe/scanCell.ts'
import { tlsEvent } from '#test/support/events.ts'

const certificate = {
  subject: 'CN=mx.test',
  issuer: 'CN=CA',
  names: ['DNS:mx.test'],
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
  serial: '01',
  fingerprint256: 'AA',
  signature: 'ECDSA with SHA-256',
}
const agreed = tlsEvent(2, {
  outcome: 'established',
  version: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  group: 'X25519',
  verified: false,
  problem: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT', message: 'self-signed' },
  chain: [certificate],
})

const facts: TlsFacts = {
  versions: [
    { version: 'TLSv1', suites: [], order: 'one', refusal: 'alert protocol_version' },
    { version: 'TLSv1.2', suites: [0xc02f, 0x0005], order: 'server' },
  ],
  groups: [{ version: 'TLSv1.2', groups: [29, 23] }],
  chains: [],
  withoutName: 'same',
  compression: false,
  asksCertificate: false,
  doubtful: false,
  asks: 9,
}
const scanned: Scanned = {
  session: 'scan',
  scan: { facts, connections: 10, took: 5000, limited: { kind: 'not-reached', step: 'banner', why: 'rejected', reply: '421 slow' } },
  known: facts.versions,
  facts: { host: 'h', port: 465, versions: {}, proof: { session: 'scan', events: [1] } },
} // prettier-ignore

test('what this computer agreed on, with certificate and chain', () => {
  expect(TlsRow.parse(tlsRow([agreed]))).toEqual({
    version: 'TLSv1.3',
    cipher: 'TLS_AES_128_GCM_SHA256',
    group: 'X25519',
    verified: false,
    problem: 'self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)',
    certificate: { ...certificate, verified: false, chain: [certificate] },
    seenBy: 'this-computer',
    versions: [{ version: 'TLSv1.3', accepted: true }],
    ciphers: [{ version: 'TLSv1.3', name: 'TLS_AES_128_GCM_SHA256' }],
  })
  expect(tlsRow([tlsEvent(1)])).toBeUndefined()
})

test('what a scan enumerated, the newest version first, each weak suite with its reason', () => {
  const row = TlsRow.parse(tlsRow([agreed], scanned))
  expect(row).toMatchObject({
    version: 'TLSv1.3',
    seenBy: 'scan',
    versions: [
      { version: 'TLSv1.2', accepted: true, order: 'server' },
      { version: 'TLSv1', accepted: false, refusal: 'alert protocol_version' },
    ],
    scan: { connections: 10, groups: [{ version: 'TLSv1.2', names: ['x25519', 'secp256r1'] }], limited: 'at the greeting: 421 slow' },
  }) // prettier-ignore
  expect(row.ciphers).toMatchObject([
    { name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' },
    { name: 'TLS_RSA_WITH_RC4_128_SHA', weakness: { grade: 'broken', why: 'RC4' } },
  ])
})

test('a scan says something also where this computer’s TLS failed', () => {
  expect(TlsRow.parse(tlsRow([tlsEvent(1)], scanned))).toMatchObject({
    version: 'none',
    verified: false,
    seenBy: 'scan',
  })
})
