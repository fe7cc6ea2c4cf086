/** Owns: a server's certificate in two or three words, for a cell of a matrix: the gravest thing first. */
import type { TlsRow } from '#shared/rpc/contract/probeReport.ts'
import { daysLeft, daysOver } from './tls.ts'

export interface CertificateShort {
  tone: 'good' | 'warn' | 'bad' | 'neutral'
  /** As "Valid, 61 d". */
  words: string
  /** The same for a reader, without short forms. */
  spoken: string
}

/** Days before its end from which on a certificate is called short. */
const short = 15

const problems: ReadonlyMap<string, string> = new Map([
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'Wrong name'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'Self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'Not trusted'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'Not trusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'Issuer missing'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'Issuer missing'],
  ['INVALID_PURPOSE', 'Not for servers'],
  ['EE_KEY_TOO_SMALL', 'Weak key'],
  ['CA_KEY_TOO_SMALL', 'Weak key'],
  ['CA_MD_TOO_WEAK', 'Weak signature'],
])

const same = (tone: CertificateShort['tone'], words: string): CertificateShort => ({
  tone,
  words,
  spoken: words,
})

const counted = (
  tone: CertificateShort['tone'],
  before: string,
  days: number,
  after = '',
): CertificateShort => ({
  tone,
  words: `${before} ${days} d${after}`,
  spoken: `${before} ${days === 1 ? '1 day' : `${days} days`}${after}`,
})

const expired = (days: number): CertificateShort =>
  days === 0 ? same('bad', 'Expired today') : counted('bad', 'Expired', days, ' ago')

/** The code at the end of `problem`, as "expired (CERT_HAS_EXPIRED)". */
export const problemCode = (problem: string | undefined): string =>
  /\(([A-Z][A-Z0-9_]{2,60})\)$/.exec(problem ?? '')?.[1] ?? ''

/** `now` in milliseconds of the epoch. */
export function certificateShort(tls: TlsRow | undefined, now: number): CertificateShort {
  if (!tls) return same('neutral', 'Not seen')
  const { certificate, verified, problem } = tls
  if (!certificate) return same('neutral', tls.version === 'none' ? 'Not seen' : 'None shown')
  const days = daysLeft(certificate, new Date(now).toISOString())
  if (days !== null && days < 0) return expired(daysOver(certificate, new Date(now).toISOString()))
  const early = Math.ceil((Date.parse(certificate.validFrom) - now) / 86_400_000)
  if (early > 0) return counted('bad', 'Valid only in', early)
  if (!verified) return same('bad', problems.get(problemCode(problem)) ?? 'Not trusted')
  if (days === null) return same('good', 'Valid')
  return counted(days < short ? 'warn' : 'good', 'Valid,', days, days < short ? ' left' : '')
}
