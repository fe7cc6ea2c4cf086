import { expect, test } from 'vitest'
import type { Certificate } from '#shared/transcript/event.ts'
import { codesOf, secured } from '#test/support/diagnosis/script.ts'

const own: Certificate = {
  subject: 'CN=mail.example.org', issuer: 'CN=Some CA', names: ['DNS:mail.example.org'], validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z', serial: '1', fingerprint256: 'aa', key: 'RSA 2048',
} // prettier-ignore
const codes = (change: Partial<Certificate>, more: Parameters<typeof secured>[0] = {}): string[] =>
  codesOf([secured({ verified: false, chain: [{ ...own, ...change }], ...more })])

test('each fault that the chain shows, at the time of the session', () => {
  expect(codes({ validTo: '2026-05-01T00:00:00.000Z' })).toEqual(['certificate-expired'])
  expect(codes({ validFrom: '2026-07-01T00:00:00.000Z' })).toEqual(['certificate-not-yet-valid'])
  expect(codes({ issuer: own.subject, names: ['DNS:other.example'] })).toEqual([
    'certificate-self-signed',
    'certificate-name-mismatch',
  ])
  expect(codes({ validTo: '2026-06-05T00:00:00.000Z' })).toEqual(['certificate-expires-soon'])
})

test('the recorded problem is told with the others, each once', () => {
  const problem = { code: 'DEPTH_ZERO_SELF_SIGNED_CERT', message: 'self-signed' }
  expect(codes({ issuer: own.subject }, { problem })).toEqual(['certificate-self-signed'])
  expect(codesOf([secured({ problem })])).toEqual(['certificate-self-signed'])
})

test('a verified one is good, and without a chain nothing is said', () => {
  expect(codes({}, { verified: true })).toEqual([])
  expect(codesOf([secured({ verified: false })])).toEqual([])
})
