import { expect, test } from 'vitest'
import { diagnoseCertificate } from '#shared/diagnosis/certificate.ts'
import { tlsEvent } from '#test/support/events.ts'

const now = new Date('2026-11-21T00:00:00Z')
const own = {
  subject: 'CN=mx.example',
  issuer: 'CN=Some CA',
  names: ['DNS:mx.example'],
  validFrom: '2026-11-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
  serial: '01',
  fingerprint256: 'AA',
  key: 'EC prime256v1',
}

function diagnose(codes: string[], change: Partial<typeof own> = {}, accepted = false) {
  const event = tlsEvent(7, { outcome: 'established', chain: [{ ...own, ...change }] })
  const problems = codes.map((code) => ({ code, message: '' }))
  return diagnoseCertificate({ event, problems, reference: 'smtp.example', accepted, now })
}

test.each([
  ['CERT_HAS_EXPIRED', 'certificate-expired'],
  ['CERT_NOT_YET_VALID', 'certificate-not-yet-valid'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-name-mismatch'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-untrusted-root'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-chain-incomplete'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-chain-incomplete'],
  ['INVALID_PURPOSE', 'certificate-purpose'],
  ['EE_KEY_TOO_SMALL', 'certificate-weak-key'],
  ['CA_MD_TOO_WEAK', 'certificate-weak-signature'],
  ['SOMETHING_NEW', 'certificate-untrusted-root'],
])('%s is %s', (code, expected) => {
  expect(diagnose([code])).toMatchObject([{ code: expected, evidence: [7], phase: 'tls' }])
})

test('two faults are two findings, and the same fault twice is one', () => {
  const codes = diagnose(['DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID']).map(
    ({ code }) => code,
  )
  expect(codes).toEqual(['certificate-self-signed', 'certificate-name-mismatch'])
  expect(diagnose(['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])).toHaveLength(1)
})

test('a mismatch names both sides', () => {
  const [mismatch] = diagnose(['ERR_TLS_CERT_ALTNAME_INVALID'])
  expect(mismatch!.message).toBe('The certificate is not for smtp.example but for mx.example.')
  const [nameless] = diagnose(['ERR_TLS_CERT_ALTNAME_INVALID'], { names: [] })
  expect(nameless!.message).toContain('names no host at all')
})

test('an accepted certificate is a warning', () => {
  expect(diagnose(['DEPTH_ZERO_SELF_SIGNED_CERT'], {}, true)).toMatchObject([{ severity: 'warning' }])
})

test('a good one that ends soon, or has a short key', () => {
  expect(diagnose([])).toEqual([])
  expect(diagnose([], { validTo: '2026-11-24T00:00:00.000Z' })).toMatchObject([
    { code: 'certificate-expires-soon', message: 'The certificate expires in 3 days (2026-11-24).' },
  ])
  expect(diagnose([], { key: 'RSA 1024' })).toMatchObject([
    { code: 'certificate-weak-key', severity: 'warning' },
  ])
  expect(diagnose([], { key: 'RSA 2048' })).toEqual([])
  expect(diagnose(['EE_KEY_TOO_SMALL'], { key: 'RSA 1024' })).toHaveLength(1)
})

test('a digest that can be forged, but not in a root, whose signature nobody checks', () => {
  const root = { ...own, subject: 'CN=Root', issuer: 'CN=Root', signature: 'RSA with SHA-1' }
  const middle = { ...own, subject: 'CN=Some CA', issuer: 'CN=Root', signature: 'RSA with SHA-256' }
  const chained = (chain: (typeof root)[]) =>
    diagnoseCertificate({
      event: tlsEvent(7, { outcome: 'established', chain }),
      problems: [],
      reference: 'mx.example',
      accepted: true,
      now,
    })
  const leaf = { ...own, signature: 'ECDSA with SHA-256' }
  expect(chained([leaf, middle, root])).toEqual([])
  expect(chained([leaf, { ...middle, signature: 'RSA with MD5' }, root])).toMatchObject([
    { code: 'certificate-weak-signature', severity: 'warning' },
  ])
  expect(chained([{ ...leaf, signature: 'RSA with SHA-1' }])[0]!.message).toBe(
    'The certificate is signed by RSA with SHA-1: that digest can be forged.',
  )
})

test('a certificate for clients only, a fault of its own beside others', () => {
  const client = { purposes: ['client'] } as Partial<typeof own>
  expect(diagnose([], client)).toMatchObject([{ code: 'certificate-purpose', severity: 'error' }])
  expect(diagnose(['DEPTH_ZERO_SELF_SIGNED_CERT'], client, true)).toMatchObject([
    { code: 'certificate-self-signed' },
    { code: 'certificate-purpose', severity: 'warning' },
  ])
  expect(diagnose([], { purposes: ['client', 'server'] } as Partial<typeof own>)).toEqual([])
})
