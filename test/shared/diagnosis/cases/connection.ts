/** Owns: cases of the findings about look-up, connection, greeting, EHLO, STARTTLS, TLS and certificate. */
import type { FindingCode } from '#shared/diagnosis/codes.ts'
import type { Head } from '#shared/diagnosis/reading/types.ts'
import type { Certificate, EventBody, EventOf } from '#shared/transcript/event.ts'
import {
  connected,
  diagnose,
  ended,
  hello,
  later,
  sealedHello,
  secured,
  type Part,
} from '#test/support/diagnosis/script.ts'
import type { Case } from './types.ts'

/** From two scripts. */
export const scripted = (
  code: FindingCode,
  trigger: readonly Part[],
  healthy: readonly Part[],
  head: Partial<Head> = {},
): Case => ({
  code,
  trigger: () => diagnose(trigger, head),
  healthy: () => diagnose(healthy, head),
})

const resolve = (fault?: string, more: Partial<EventOf<'resolve'>> = {}): EventBody => ({
  kind: 'resolve', phase: 'dns', direction: 'none', name: 'mail.example.org', family: 4, took: 1000,
  addresses: fault ? [] : [{ address: '192.0.2.1', family: 4 }],
  ...(fault ? { fault: { code: fault, message: fault } } : {}), ...more,
}) // prettier-ignore

const good = [resolve(), ...sealedHello('SIZE 1000', 'AUTH PLAIN')]
const no = (outcome: EventOf<'connect'>['outcome'], more: Partial<EventOf<'connect'>> = {}) =>
  connected({ outcome, ...more })
const failed = (code: string) => secured({ outcome: 'failed', fault: { code, message: code } })
const six = { family: 6, address: '2001:db8::1' } as const
const implicit = { tls: 'implicit', port: 465 } as const

const own: Certificate = {
  subject: 'CN=mail.example.org', issuer: 'CN=Some CA', names: ['DNS:mail.example.org'], validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z', serial: '1', fingerprint256: 'aa', key: 'RSA 2048',
} // prettier-ignore
const shown = (change: Partial<Certificate>, problem?: string): Part[] => [
  connected(),
  secured({
    verified: problem === undefined,
    chain: [{ ...own, ...change }],
    ...(problem ? { problem: { code: problem, message: problem } } : {}),
  }),
  'S: 220 mail.example.org ESMTP',
]
const certificate = (code: FindingCode, change: Partial<Certificate>, problem?: string): Case =>
  scripted(code, shown(change, problem), shown({}), implicit)

export const connectionCases: readonly Case[] = [
  scripted('dns-name-not-found', [resolve('ENOTFOUND')], good),
  scripted('dns-no-address', [resolve('ENODATA'), resolve(undefined, { family: 6, addresses: [six] })], good),
  scripted('dns-timeout', [resolve('ETIMEDOUT')], good),
  scripted('dns-server-failure', [resolve('EAI_AGAIN')], good),
  scripted('tcp-refused', [no('refused')], good),
  scripted('tcp-timeout', [no('timeout')], good),
  scripted('tcp-reset', [no('reset')], good),
  scripted('tcp-unreachable', [no('unreachable')], good),
  scripted('ipv6-fails-ipv4-works', [no('timeout', six), connected()], good),
  scripted('ipv4-fails-ipv6-works', [no('timeout'), connected(six)], good),
  scripted('banner-timeout', [connected(), ended('timeout')], good),
  scripted('banner-closed', [connected(), ended('closed')], good),
  scripted('banner-reset', [connected(), ended('reset', 'network')], good),
  scripted('banner-rejected', [connected(), 'S: 554 5.7.1 go away'], good),
  scripted('banner-not-smtp', [connected(), 'S: HTTP/1.1 400 Bad Request'], good),
  scripted('banner-slow', [connected(), later(9000, 'S: 220 mx ESMTP')], good),
  scripted('banner-masked', [connected(), 'S: 220 **********************'], good),
  scripted('ehlo-rejected', [...hello().slice(0, 3), 'S: 550 no'], good),
  scripted('ehlo-closed', [...hello().slice(0, 3), ended('closed')], good),
  scripted('ehlo-masked', hello('XXXXXXXA'), good),
  scripted('helo-only', [...hello().slice(0, 3), 'S: 500 what', 'C: HELO me', 'S: 250 mx'], good, {
    tls: 'none',
  }),
  scripted('extension-missing', [...hello(), 'C: MAIL FROM:<> SIZE=1', 'S: 250 ok'], good, { tls: 'none' }),
  scripted('reply-malformed', [...hello('STARTTLS'), 'C: NOOP', 'S: fine'], good),
  scripted('reply-too-long', [...hello('STARTTLS'), 'C: NOOP', `S: 250 ${'x'.repeat(600)}`], good),
  scripted('starttls-not-offered', hello('SIZE'), good),
  scripted('starttls-stripped', hello('XXXXXXXA'), good),
  scripted('starttls-refused', [...hello('STARTTLS'), 'C: STARTTLS', 'S: 454 no'], good),
  scripted(
    'starttls-garbage',
    [...hello('STARTTLS'), 'C: STARTTLS', 'S: 220 go', failed('plain-answer'), 'S: what'],
    good,
  ),
  scripted('starttls-closed', [...hello('STARTTLS'), 'C: STARTTLS', 'S: 220 go', failed('closed')], good),
  scripted(
    'starttls-plaintext-injected',
    [...hello('STARTTLS'), 'C: STARTTLS', 'S: 220 go', 'S: 250 ok', secured()],
    good,
  ),
  scripted('starttls-not-enforced', [...hello('STARTTLS'), 'C: MAIL FROM:<>', 'S: 250 ok'], good),
  scripted('port-speaks-implicit-tls', [connected(), 'S: \u0015\u0003\u0001\u0000\u0002\u0002\u0028'], good),
  scripted(
    'port-speaks-plain',
    [
      connected(),
      failed('plain-answer'),
      { kind: 'reply', phase: 'tls', direction: 'to-client', raw: '220 mx\r\n', malformed: 'plain' },
    ],
    good,
    implicit,
  ),
  scripted('tls-no-common-version', [connected(), failed('alert-protocol_version')], good, implicit),
  scripted('tls-no-common-cipher', [connected(), failed('alert-insufficient_security')], good, implicit),
  scripted('tls-old-version-accepted', [connected(), secured({ version: 'TLSv1' })], good, implicit),
  scripted('tls-alert', [connected(), failed('alert-handshake_failure')], good, implicit),
  scripted('tls-closed', [connected(), failed('closed')], good, implicit),
  scripted('tls-reset', [connected(), failed('reset')], good, implicit),
  scripted('tls-timeout', [connected(), failed('timeout')], good, implicit),
  scripted(
    'tls-client-certificate-required',
    [connected(), failed('alert-certificate_required')],
    good,
    implicit,
  ),
  certificate('certificate-expired', { validTo: '2026-05-01T00:00:00.000Z' }, 'CERT_HAS_EXPIRED'),
  certificate('certificate-not-yet-valid', { validFrom: '2026-07-01T00:00:00.000Z' }, 'CERT_NOT_YET_VALID'),
  certificate('certificate-name-mismatch', { names: ['DNS:other.example'] }, 'ERR_TLS_CERT_ALTNAME_INVALID'),
  certificate('certificate-self-signed', { issuer: own.subject }, 'DEPTH_ZERO_SELF_SIGNED_CERT'),
  certificate('certificate-untrusted-root', {}, 'SELF_SIGNED_CERT_IN_CHAIN'),
  certificate('certificate-chain-incomplete', {}, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  certificate('certificate-purpose', {}, 'INVALID_PURPOSE'),
  certificate('certificate-weak-key', { key: 'RSA 1024' }),
  certificate('certificate-weak-signature', {}, 'CA_MD_TOO_WEAK'),
  certificate('certificate-expires-soon', { validTo: '2026-06-08T00:00:00.000Z' }),
]
