import { expect, test } from 'vitest'
import { ownFaults, placedFaults } from '#renderer/model/probeDetailFaults.ts'
import { certificate, found, intermediate, now } from '../../support/probeDetail.ts'

const own = (change: Parameters<typeof certificate>[0], place = 0) =>
  ownFaults(certificate(change), place, now).map(({ code }) => code)

test('each fault of a certificate’s own facts', () => {
  expect(own({})).toEqual([])
  expect(own({ validTo: '2026-02-20T00:00:00Z' })).toEqual(['certificate-expired'])
  expect(own({ validFrom: '2026-03-20T00:00:00Z' })).toEqual(['certificate-not-yet-valid'])
  expect(own({ validTo: '2026-03-05T00:00:00Z' })).toEqual(['certificate-expires-soon'])
  expect(own({ key: 'RSA 1024', signature: 'RSA with SHA-1', purposes: ['client'] })).toEqual(['certificate-weak-key', 'certificate-weak-signature', 'certificate-purpose']) // prettier-ignore
  expect(own({ purposes: ['client'] }, 1)).toEqual([])
  expect(own({ issuer: 'CN=mx.test', signature: 'RSA with SHA-1' })).toEqual([])
})

test('a finding is put at the certificate it is about', () => {
  const chain = [certificate(), { ...intermediate, key: 'RSA 1024' }]
  const places = (code: string) => placedFaults(chain, [found({ code })], now).map(({ place }) => place)
  expect(places('certificate-name-mismatch')).toEqual([0])
  expect(places('certificate-untrusted-root')).toEqual([1])
  expect(places('certificate-chain-incomplete')).toEqual([2])
  expect(places('certificate-weak-key')).toEqual([])
  expect(places('certificate-expired')).toEqual([0])
  expect(places('certificate-expires-soon')).toEqual([])
  expect(places('tcp-refused')).toEqual([])
})
