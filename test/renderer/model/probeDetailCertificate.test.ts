import { expect, test } from 'vitest'
import { certificateShort, problemCode } from '#renderer/model/probeDetailCertificate.ts'
import { certificate, now, withChain } from '../../support/probeDetail.ts'
import { working } from '../../support/probeReport.ts'

const day = 86_400_000
const words = (change: Parameters<typeof certificate>[0], problem?: string, at = now) =>
  certificateShort(
    withChain([certificate(change)], { verified: problem === undefined, ...(problem === undefined ? {} : { problem }) }),
    at,
  ).words // prettier-ignore

test('valid with its days, short ones marked', () => {
  expect(words({})).toBe('Valid, 61 d')
  const soon = certificateShort(withChain([certificate()]), now + 58 * day)
  expect(soon).toEqual({ tone: 'warn', words: 'Valid, 3 d left', spoken: 'Valid, 3 days left' })
})

test('over, or not begun: the dates go before what the library says', () => {
  expect(words({ validTo: '2026-02-26T00:00:00Z' }, 'expired (CERT_HAS_EXPIRED)')).toBe('Expired 3 d ago')
  expect(words({ validTo: '2026-03-01T11:00:00Z' })).toBe('Expired today')
  expect(words({ validFrom: '2026-03-03T00:00:00Z' }, 'x (CERT_NOT_YET_VALID)')).toBe('Valid only in 2 d')
})

test('why it does not hold', () => {
  expect(words({}, 'not for mx (ERR_TLS_CERT_ALTNAME_INVALID)')).toBe('Wrong name')
  expect(words({}, 'x (DEPTH_ZERO_SELF_SIGNED_CERT)')).toBe('Self-signed')
  expect(words({}, 'x (UNABLE_TO_VERIFY_LEAF_SIGNATURE)')).toBe('Issuer missing')
  expect(words({}, 'something else')).toBe('Not trusted')
  expect(problemCode(`(${'A'.repeat(200)})`)).toBe('')
})

test('nothing to judge', () => {
  expect(certificateShort(undefined, now).words).toBe('Not seen')
  expect(certificateShort(working.tls, now).words).toBe('None shown')
  expect(certificateShort({ ...working.tls!, version: 'none' }, now).words).toBe('Not seen')
  expect(words({ validTo: 'never' })).toBe('Valid')
})
