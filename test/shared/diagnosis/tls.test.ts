import { expect, test } from 'vitest'
import { diagnoseTls } from '#shared/diagnosis/tls.ts'
import { connectEvent, lineEvent, replyEvent, tlsEvent } from '#test/support/events.ts'

const failed = (seq: number, code: string) => tlsEvent(seq, { fault: { code, message: 'm' } })
const implicit = (code: string) => diagnoseTls([connectEvent(1), failed(2, code)])
const upgraded = (code: string) =>
  diagnoseTls([connectEvent(1), lineEvent(2, 'STARTTLS\r\n', 'STARTTLS'), failed(3, code)])

test.each([
  ['closed', 'tls-closed', 'starttls-closed'],
  ['reset', 'tls-reset', 'starttls-closed'],
  ['timeout', 'tls-timeout', 'tls-timeout'],
  ['plain-answer', 'port-speaks-plain', 'starttls-garbage'],
  ['no-common-version', 'tls-no-common-version', 'tls-no-common-version'],
  ['no-common-cipher', 'tls-no-common-cipher', 'tls-no-common-cipher'],
  ['alert-protocol_version', 'tls-no-common-version', 'tls-no-common-version'],
  ['alert-insufficient_security', 'tls-no-common-cipher', 'tls-no-common-cipher'],
  ['alert-certificate_required', 'tls-client-certificate-required', 'tls-client-certificate-required'],
  ['alert-unrecognized_name', 'tls-sni-required', 'tls-sni-required'],
  ['alert-internal_error', 'tls-alert', 'tls-alert'],
  ['protocol', 'tls-alert', 'tls-alert'],
])('%s is %s at once and %s after STARTTLS', (fault, first, later) => {
  expect(implicit(fault)).toMatchObject([{ code: first, evidence: [2] }])
  expect(upgraded(fault)).toMatchObject([{ code: later, evidence: [3] }])
})

test('an alert is named', () => {
  expect(implicit('alert-internal_error')[0]!.message).toContain('internal_error')
})

test('what was said instead of TLS is evidence and decides', () => {
  const smtp = diagnoseTls([connectEvent(1), failed(2, 'plain-answer'), replyEvent(3, '220 mx ESMTP\r\n')])
  expect(smtp).toMatchObject([{ code: 'port-speaks-plain', confidence: 'certain', evidence: [2, 3] }])
  const full = diagnoseTls([connectEvent(1), failed(2, 'plain-answer'), replyEvent(3, '421 Too many\r\n')])
  expect(full).toMatchObject([{ code: 'banner-rejected', confidence: 'likely', evidence: [2, 3] }])
  expect(full[0]!.message).toMatch(/before TLS: 421 Too many$/)
  const web = diagnoseTls([connectEvent(1), failed(2, 'plain-answer'), replyEvent(3, 'HTTP/1.1 400 Bad\r\n')])
  expect(web).toMatchObject([{ code: 'banner-not-smtp' }])
})

test('our own refusal and a cancel are no faults of TLS; old versions are', () => {
  expect(implicit('not-verified')).toEqual([])
  expect(implicit('cancelled')).toEqual([])
  expect(diagnoseTls([tlsEvent(1, { outcome: 'established', version: 'TLSv1.3' })])).toEqual([])
  expect(diagnoseTls([tlsEvent(1, { outcome: 'established', version: 'TLSv1.1' })])).toMatchObject([
    { code: 'tls-old-version-accepted', severity: 'warning' },
  ])
})
