import { expect, test } from 'vitest'
import { cipherName, commonName, daysLeft, tlsName } from '#renderer/model/tls.ts'

test('names in the page’s words', () => {
  expect([tlsName('TLSv1.3'), tlsName('TLSv1'), tlsName(undefined)]).toEqual(['TLS 1.3', 'TLS 1', 'TLS'])
  expect(['TLS_AES_256_GCM_SHA384', 'ECDHE-RSA-AES128-GCM-SHA256', 'TLS_CHACHA20_POLY1305_SHA256', 'odd', undefined].map(cipherName)).toEqual(['AES-256-GCM', 'AES-128-GCM', 'CHACHA20-POLY1305', 'odd', undefined]) // prettier-ignore
  expect(['CN=a.example', 'O=X, CN="b, c"', 'C=DE\nCN=d', 'plain'].map(commonName)).toEqual([
    'a.example',
    'b, c',
    'd',
    'plain',
  ])
})
test('days left, counted at the time of the session', () => {
  expect(daysLeft({ validTo: '2026-03-03T00:00:00Z' }, '2026-03-01T12:00:00Z')).toBe(1)
  expect(daysLeft({ validTo: '2026-03-01T00:00:00Z' }, '2026-03-01T12:00:00Z')).toBe(-1)
  expect(daysLeft({ validTo: 'never' }, '2026-03-01T12:00:00Z')).toBeNull()
})
