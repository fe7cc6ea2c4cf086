/**
 * Owns: findings about the server's certificate, one for each fault. The problems come from the dialer as codes of
 * OpenSSL's verification (the same names in every TLS library here); dates are compared against the given time.
 */
import { isWeakSignature } from '../tls/certificateFacts.ts'
import type { EventOf } from '../transcript/event.ts'
import type { FindingCode } from './codes.ts'
import { finding, type Finding, type FindingWords } from './finding.ts'

/** A fault of verification: a code such as `DEPTH_ZERO_SELF_SIGNED_CERT` and words. */
export interface CertificateProblem {
  code: string
  message: string
}

export interface CertificateFacts {
  event: EventOf<'tls'>
  problems: readonly CertificateProblem[]
  /** The name the certificate was checked against. */
  reference: string
  /** The connection goes on all the same, as the user chose. */
  accepted: boolean
  now: Date
}

type Words = Pick<FindingWords, 'message' | 'next' | 'side'> & { code: FindingCode }

/** Findings about the chain of one handshake; milder when the user chose to accept it. */
export function diagnoseCertificate(facts: CertificateFacts): Finding[] {
  const { event, accepted } = facts
  const faults = unique(facts.problems.map((problem) => explain(problem, facts)))
  const found = faults.map((words) =>
    finding(words.code, {
      ...words,
      confidence: 'certain',
      evidence: [event.seq],
      references: ['RFC 7817 §3', 'RFC 5280 §6'],
      ...(accepted ? { severity: 'warning' as const } : {}),
    }),
  )
  const told = new Set(found.map(({ code }) => code))
  return [...found, ...weakness(facts).filter(({ code }) => !told.has(code))]
}

function unique(all: readonly Words[]): Words[] {
  return [...new Map(all.map((words) => [words.code, words])).values()]
}

/** The date of an ISO time. */
const day = (text: string | undefined): string => text?.slice(0, 10) ?? 'an unknown date'

type Own = NonNullable<EventOf<'tls'>['chain']>[number] | undefined
type Explain = (own: Own, reference: string) => Words

const expired: Explain = (own) => ({
  code: 'certificate-expired',
  side: 'server',
  message: `A certificate of the server has expired (its own was valid until ${day(own?.validTo)}).`,
  next: 'Renew the certificate on the server and load it; check this computer’s clock.',
})

const notYetValid: Explain = (own) => ({
  code: 'certificate-not-yet-valid',
  side: 'unknown',
  message: `The certificate is valid only from ${day(own?.validFrom)}.`,
  next: 'Check this computer’s clock first, then the server’s certificate.',
})

const nameMismatch: Explain = (own, reference) => ({
  code: 'certificate-name-mismatch',
  side: 'unknown',
  message: `The certificate is not for ${reference}${named(own?.names)}.`,
  next: 'Connect by a name that the certificate holds, or give the server one with this name.',
})

const selfSigned: Explain = () => ({
  code: 'certificate-self-signed',
  side: 'server',
  message: 'The certificate is self-signed: nobody vouches for it.',
  next: 'Install a certificate of a public authority; for a server of your own, add its certificate to the trusted ones, or accept it knowingly.',
})

const untrustedRoot: Explain = () => ({
  code: 'certificate-untrusted-root',
  side: 'unknown',
  message: 'The certificate chain ends in an authority that this computer does not trust.',
  next: 'If it is your own authority, give its certificate as a trusted root (PEM); else install one of a public authority.',
})

const incomplete: Explain = (own) => ({
  code: 'certificate-chain-incomplete',
  side: 'server',
  message: `The certificate’s issuer is not known here and the server did not send it${own ? ` (issuer: ${own.issuer})` : ''}.`,
  next: 'Configure the server to send its intermediate certificates too; or, for your own authority, give its root (PEM).',
})

const purpose: Explain = () => ({
  code: 'certificate-purpose',
  side: 'server',
  message: 'The certificate is not meant for servers (extended key usage).',
  next: 'Install a certificate for TLS server authentication.',
})

const weakKey: Explain = () => ({
  code: 'certificate-weak-key',
  side: 'server',
  message: 'A key in the certificate chain is too short to be trusted.',
  next: 'Use RSA of 2048 bits or more, or an elliptic curve.',
})

const weakSignature: Explain = () => ({
  code: 'certificate-weak-signature',
  side: 'server',
  message: 'A signature in the certificate chain uses a digest that is too weak.',
  next: 'Have the certificate signed with SHA-256 or better.',
})

const daneMismatch: Explain = (_, reference) => ({
  code: 'dane-mismatch',
  side: 'server',
  message: `The certificate fits none of the TLSA records of ${reference}: by DANE no mail may go there (RFC 7672).`,
  next: 'Publish a TLSA record for the certificate that the server shows, or let it show the one that is published.',
})

const explanations: ReadonlyMap<string, Explain> = new Map([
  ['CERT_HAS_EXPIRED', expired],
  ['TLSA_MISMATCH', daneMismatch],
  ['CERT_NOT_YET_VALID', notYetValid],
  ['ERR_TLS_CERT_ALTNAME_INVALID', nameMismatch],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', selfSigned],
  ['SELF_SIGNED_CERT_IN_CHAIN', untrustedRoot],
  ['UNABLE_TO_GET_ISSUER_CERT', untrustedRoot],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', incomplete],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', incomplete],
  ['INVALID_PURPOSE', purpose],
  ['EE_KEY_TOO_SMALL', weakKey],
  ['CA_KEY_TOO_SMALL', weakKey],
  ['CA_MD_TOO_WEAK', weakSignature],
])

function explain({ code }: CertificateProblem, { event, reference }: CertificateFacts): Words {
  const known = explanations.get(code)
  if (known) return known(event.chain?.[0], reference)
  return {
    code: 'certificate-untrusted-root',
    side: 'unknown',
    message: `The certificate could not be verified (${code}).`,
    next: 'Look at the chain in the transcript; check authority, dates and names.',
  }
}

function named(names: readonly string[] | undefined): string {
  if (!names || names.length === 0) return ' and names no host at all'
  const some = names.slice(0, 4).map((name) => name.slice(name.indexOf(':') + 1))
  return ` but for ${some.join(', ')}${names.length > some.length ? ' and others' : ''}`
}

const soonDays = 14

/** What is valid today but will not be, or is weak though accepted. */
function weakness({ event, now, problems, accepted }: CertificateFacts): Finding[] {
  const own = event.chain?.[0]
  if (!own) return []
  const base = { side: 'server', confidence: 'certain', evidence: [event.seq] } as const
  const days = Math.floor((Date.parse(own.validTo) - now.getTime()) / 86_400_000)
  const found: Finding[] = []
  const alreadyExpired = problems.some((problem) => problem.code === 'CERT_HAS_EXPIRED')
  if (!alreadyExpired && days >= 0 && days < soonDays)
    found.push(
      finding('certificate-expires-soon', {
        ...base,
        message: `The certificate expires in ${days === 1 ? '1 day' : `${days} days`} (${own.validTo.slice(0, 10)}).`,
        next: 'Renew it now; check that the automatic renewal runs.',
      }),
    )
  found.push(...poorlySigned(event), ...misused(event, accepted))
  const bits = own.key?.startsWith('RSA ') ? Number(own.key.slice(4)) : NaN
  if (bits < 2048)
    found.push(
      finding('certificate-weak-key', {
        ...base,
        message: `The certificate’s key is ${own.key}; less than 2048 bits is too short.`,
        next: 'Use RSA of 2048 bits or more, or an elliptic curve.',
        references: ['RFC 9325 §4.5'],
      }),
    )
  return found
}

/** A signature that nobody checks, an authority's own of itself, may be what it likes. */
function poorlySigned({ chain = [], seq }: EventOf<'tls'>): Finding[] {
  const weak = chain.filter(
    ({ signature, subject, issuer }) =>
      signature !== undefined && subject !== issuer && isWeakSignature(signature),
  )
  const [first] = weak
  if (!first) return []
  return [
    finding('certificate-weak-signature', {
      side: 'server',
      confidence: 'certain',
      evidence: [seq],
      message: `${first === chain[0] ? 'The certificate' : `A certificate of the chain (${first.subject.slice(0, 200)})`} is signed by ${first.signature}: that digest can be forged.`,
      next: 'Have the certificate issued anew, signed with SHA-256 or better.',
      references: ['RFC 9325 §4.5', 'RFC 9155'],
    }),
  ]
}

/** The TLS library says so only where it got as far as a root; a self-signed certificate can be of the wrong kind too. */
function misused({ chain = [], seq }: EventOf<'tls'>, accepted: boolean): Finding[] {
  const purposes = chain[0]?.purposes
  if (!purposes || purposes.includes('server') || purposes.includes('any')) return []
  return [
    finding('certificate-purpose', {
      side: 'server',
      confidence: 'certain',
      evidence: [seq],
      message: `The certificate is meant for ${purposes.slice(0, 4).join(', ') || 'nothing'}, not for servers (extended key usage).`,
      next: 'Install a certificate for TLS server authentication.',
      references: ['RFC 5280 §4.2.1.12'],
      ...(accepted ? { severity: 'warning' as const } : {}),
    }),
  ]
}
