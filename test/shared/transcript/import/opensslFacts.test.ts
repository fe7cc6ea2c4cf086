import { expect, it } from 'vitest'
import { OpensslFacts } from '#shared/transcript/import/opensslFacts.ts'

function gather(lines: string[], certificate?: (der: Uint8Array) => null) {
  const facts = new OpensslFacts({ now: 0, ...(certificate ? { certificate } : {}) })
  for (const line of lines) facts.take(line)
  return facts
}

it('gathers version, cipher, key exchange, chain and verdict', () => {
  const facts = gather([
    'CONNECTED(00000003)', ' 0 s:/C=DE/CN=mx.peer.test', '   i:/CN=Test CA', '   a:PKEY: rsaEncryption, 2048 (bit); sigalg: RSA-SHA256',
    '   v:NotBefore: Nov 22 02:17:11 2026 GMT; NotAfter: Dec 22 02:17:11 2026 GMT', ' 1 s:CN = Test CA', '   i:CN = Test CA',
    'Server Temp Key: X25519, 253 bits', 'New, TLSv1/SSLv3, Cipher is ECDHE-RSA-AES256-GCM-SHA384', '    Protocol  : TLSv1.2',
    'ALPN protocol: smtp', '    Verify return code: 10 (certificate has expired)',
  ]) // prettier-ignore
  expect(facts.handshake()).toMatchObject({
    outcome: 'established', version: 'TLSv1.2', cipher: 'ECDHE-RSA-AES256-GCM-SHA384', group: 'X25519', alpn: 'smtp', verified: false,
    problem: { code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' },
    chain: [
      { subject: 'C=DE, CN=mx.peer.test', issuer: 'CN=Test CA', key: 'RSA 2048', validFrom: '2026-11-22T02:17:11.000Z', validTo: '2026-12-22T02:17:11.000Z' },
      { subject: 'CN=Test CA', issuer: 'CN=Test CA' },
    ],
  }) // prettier-ignore
})

it('reads -brief, and a chain that is trusted', () => {
  const facts = gather(['CONNECTION ESTABLISHED', 'Protocol version: TLSv1.3', 'Ciphersuite: TLS_AES_256_GCM_SHA384', 'Verification: OK']) // prettier-ignore
  expect(facts.handshake()).toMatchObject({ version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', verified: true }) // prettier-ignore
})

it('tells a handshake that failed from a connection that was not made', () => {
  const failed = gather(['40D7AC6FF27F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:x.c:350:', 'CONNECTED(00000003)', 'no peer certificate available', 'New, (NONE), Cipher is (NONE)', 'Verify return code: 0 (ok)']) // prettier-ignore
  expect(failed.handshake()).toMatchObject({ outcome: 'failed', fault: { code: 'plain-answer', message: 'wrong version number' } }) // prettier-ignore
  expect(gather(['connect:errno=111']).refused).toBe('111')
  expect(gather(['connect:errno=111']).handshake()).toBeNull()
})

it('takes a certificate that can be read for what its words say', () => {
  const known = { subject: 'CN=x', issuer: 'CN=y', names: ['DNS:x'], validFrom: '', validTo: '', serial: '1', fingerprint256: 'AA' } // prettier-ignore
  const facts = new OpensslFacts({ now: 0, certificate: () => known })
  facts.take('CONNECTED(00000003)')
  facts.take(' 0 s:CN = x')
  facts.certificate('AAAA', true)
  facts.take('   i:CN = somebody else')
  expect(facts.handshake()?.chain).toEqual([known])
})
