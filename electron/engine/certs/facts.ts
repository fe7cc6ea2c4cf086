/** Owns: what a certificate says, as the contract tells it; and taking PEM text apart. */
import { type KeyObject, X509Certificate } from 'node:crypto'
import type { CertificateFacts } from '#shared/rpc/contract/certificates.ts'

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g
/** Certificates of a chain that are looked at. */
export const longestChain = 20
/** Names of one certificate that are told. */
const mostNames = 200

/** The PEM blocks that name themselves certificates, as they are; 20 at most. */
export const certificateBlocks = (pem: string): string[] => (pem.match(block) ?? []).slice(0, longestChain)

export function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: namesOf(certificate.subjectAltName),
    validFrom: new Date(certificate.validFrom).toISOString(),
    expiresAt: new Date(certificate.validTo).toISOString(),
    fingerprint256: certificate.fingerprint256,
    key: keyWords(certificate.publicKey),
  }
}

/** DER in base64. */
export const derOf = (pem: string): string => new X509Certificate(pem).raw.toString('base64')

/** Node writes one attribute a line, the last of the name first. */
const oneLine = (name: string | undefined): string => (name ?? '').split('\n').toReversed().join(', ')

/** A value with a quote in it could pose as several names (CVE-2021-44532): it is told as it is, not taken apart. */
function namesOf(alternatives: string | undefined): string[] {
  if (alternatives === undefined) return []
  if (alternatives.includes('"')) return [alternatives]
  const names = alternatives.split(', ').map((entry) => entry.replace(/^(?:DNS|IP Address|email|URI):/u, ''))
  return names.slice(0, mostNames)
}

/** As `EC prime256v1`, `RSA 2048`, `ED25519`. */
export function keyWords({ asymmetricKeyType, asymmetricKeyDetails: details }: KeyObject): string {
  const size = details?.namedCurve ?? details?.modulusLength
  return `${(asymmetricKeyType ?? 'unknown').toUpperCase()}${size === undefined ? '' : ` ${size}`}`
}
