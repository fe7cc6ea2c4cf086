/**
 * Owns: the closed vocabulary of findings, as data. A code says in which part of a connection it belongs and how
 * grave it is unless the rule that reports it knows better. A code that is not here does not exist.
 */
import type { Phase } from '../transcript/event.ts'

export type Severity = 'error' | 'warning' | 'info' | 'good'

/** The part of a connection a code speaks of; `certificate` and `policy` are no phases of a transcript. */
export type Group = Exclude<Phase, 'other'> | 'certificate' | 'any' | 'policy'

const codesByGroup = {
  dns: {
    'dns-name-not-found': 'error',
    'dns-no-address': 'error',
    'dns-timeout': 'error',
    'dns-server-failure': 'error',
    'mx-missing': 'error',
    'mx-null': 'error',
    'mx-not-used-port-25': 'info',
    'mx-invalid': 'warning',
    'ptr-missing': 'info',
  },
  tcp: {
    'tcp-refused': 'error',
    'tcp-timeout': 'error',
    'tcp-reset': 'error',
    'tcp-unreachable': 'error',
    'ipv6-fails-ipv4-works': 'warning',
    'ipv4-fails-ipv6-works': 'warning',
    'port-blocked-here': 'error',
    'host-down': 'error',
  },
  banner: {
    'banner-timeout': 'error',
    'banner-closed': 'error',
    'banner-reset': 'error',
    'banner-rejected': 'error',
    'banner-not-smtp': 'error',
    'banner-slow': 'warning',
    'banner-masked': 'warning',
  },
  ehlo: {
    'ehlo-rejected': 'error',
    'ehlo-closed': 'error',
    'ehlo-masked': 'warning',
    'helo-only': 'info',
    'extension-missing': 'warning',
    'reply-malformed': 'error',
    'reply-too-long': 'error',
  },
  starttls: {
    'starttls-not-offered': 'error',
    'starttls-stripped': 'error',
    'starttls-refused': 'error',
    'starttls-garbage': 'error',
    'starttls-closed': 'error',
    'starttls-plaintext-injected': 'error',
    'starttls-not-enforced': 'warning',
  },
  tls: {
    'port-speaks-implicit-tls': 'error',
    'port-speaks-plain': 'error',
    'tls-no-common-version': 'error',
    'tls-no-common-cipher': 'error',
    'tls-old-version-only': 'error',
    'tls-old-version-accepted': 'warning',
    'tls-weak-cipher-accepted': 'warning',
    'tls-alert': 'error',
    'tls-closed': 'error',
    'tls-reset': 'error',
    'tls-timeout': 'error',
    'tls-client-certificate-required': 'error',
    'tls-sni-required': 'error',
  },
  certificate: {
    'certificate-expired': 'error',
    'certificate-not-yet-valid': 'error',
    'certificate-name-mismatch': 'error',
    'certificate-self-signed': 'error',
    'certificate-untrusted-root': 'error',
    'certificate-chain-incomplete': 'error',
    'certificate-weak-key': 'warning',
    'certificate-weak-signature': 'warning',
    'certificate-expires-soon': 'warning',
    'certificate-purpose': 'error',
  },
  auth: {
    'auth-not-offered': 'error',
    'auth-only-after-tls': 'error',
    'auth-offered-in-clear': 'warning',
    'auth-no-common-mechanism': 'error',
    'auth-rejected': 'error',
    'auth-temporary': 'error',
    'auth-too-weak': 'error',
    'auth-needs-tls': 'error',
    'auth-required': 'error',
    'auth-closed': 'error',
    'auth-too-many': 'error',
    'auth-mechanism-broken': 'error',
    'auth-token-rejected': 'error',
    'auth-server-unproven': 'error',
    'auth-binding-broken': 'error',
    'auth-weaker-chosen': 'info',
  },
  mail: {
    'sender-rejected': 'error',
    'sender-needs-auth': 'error',
    'size-exceeded': 'error',
    'utf8-not-supported': 'error',
  },
  rcpt: {
    'recipient-unknown': 'error',
    'recipient-rejected': 'error',
    'relay-denied': 'error',
    greylisted: 'warning',
    'rate-limited': 'warning',
    'mailbox-full': 'error',
    'open-relay': 'error',
  },
  data: { 'data-rejected': 'error' },
  body: {
    'content-rejected': 'error',
    'body-closed': 'error',
    'body-timeout': 'error',
    'line-too-long': 'warning',
    'bare-newline-rejected': 'error',
    'smuggling-possible': 'error',
    accepted: 'good',
  },
  quit: {},
  any: {
    'closed-421': 'error',
    'closed-unexpectedly': 'error',
    'reset-unexpectedly': 'error',
    'reply-timeout': 'error',
    'unknown-command': 'warning',
    'syntax-tolerated': 'info',
    'bad-sequence': 'warning',
    'pipelining-broken': 'warning',
    'slow-phase': 'warning',
    cancelled: 'info',
    'replay-differs': 'warning',
    'replay-left-out': 'info',
  },
  policy: {
    'dane-ok': 'good',
    'dane-mismatch': 'error',
    'dane-insecure-dns': 'warning',
    'mta-sts-ok': 'good',
    'mta-sts-mismatch': 'error',
    'mta-sts-broken': 'warning',
    'tls-reporting-broken': 'warning',
    'recommended-port': 'good',
  },
} as const satisfies Record<Group, Record<string, Severity>>

type Table = typeof codesByGroup
export type FindingCode = { [G in keyof Table]: keyof Table[G] }[keyof Table]

export interface CodeFacts {
  code: FindingCode
  group: Group
  /** Phase of a transcript under which a finding with this code is filed. */
  phase: Phase
  severity: Severity
}

const phaseOf = (group: Group): Phase =>
  group === 'certificate' ? 'tls' : group === 'any' || group === 'policy' ? 'other' : group

// oxlint-disable typescript/no-unsafe-type-assertion -- Object.entries forgets that these are the table's own keys
const entries = Object.entries(codesByGroup).flatMap(([group, codes]) =>
  Object.entries(codes).map(([code, severity]): CodeFacts => {
    const known = group as Group
    return { code: code as FindingCode, group: known, phase: phaseOf(known), severity }
  }),
)
// oxlint-enable typescript/no-unsafe-type-assertion

/** Every code of the vocabulary with its facts, in the order of a connection. */
export const findingCodes: ReadonlyMap<FindingCode, CodeFacts> = new Map(entries.map((e) => [e.code, e]))

/** Whether a text is a code of the vocabulary. */
export const isFindingCode = (text: string): text is FindingCode =>
  entries.some((entry) => entry.code === text)
