import { expect, test } from 'vitest'
import { cipherName, commonName, dayOf, daysLeft, shownName, tlsName, validity } from '#renderer/model/tls.ts'

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
test('a certificate is judged by the time of the session', () => {
  const dates = { validFrom: '2026-03-01T00:00:00Z', validTo: 'May 1 00:00:00 2026 GMT' }
  expect(validity(dates, '2026-03-02T00:00:00Z')).toEqual({ words: '60 days left', tone: 'good' })
  expect(validity(dates, '2026-04-30T00:00:00Z')).toEqual({ words: '1 day left', tone: 'warn' })
  expect(validity(dates, '2026-05-02T00:00:00Z')).toEqual({ words: 'expired 1 day ago', tone: 'bad' })
  expect(validity(dates, '2026-02-27T12:00:00Z')).toEqual({ words: 'not valid for 2 days yet', tone: 'bad' })
  expect(validity({ ...dates, validTo: '?' }, '2026-03-02T00:00:00Z')).toBeNull()
})
test('a day is a day, whatever wrote it; what is no date is cut', () => {
  expect(['2026-03-01T00:00:00Z', 'May 1 00:00:00 2026 GMT', 'x'.repeat(90)].map(dayOf)).toEqual(['2026-03-01', '2026-05-01', 'x'.repeat(24)]) // prettier-ignore
})
test('a name cannot turn the writing direction', () => {
  expect(shownName('a\u202eb')).toBe('a\\u{202e}b')
})
