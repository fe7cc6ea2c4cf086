/** Owns: reading a server's certificate chain into the transcript's form, and finding every fault of it. */
import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { checkServerIdentity, type DetailedPeerCertificate, type TLSSocket } from 'node:tls'
import { coversName } from '#shared/diagnosis/certificateName.ts'
import { readCertificateFacts } from '#shared/tls/certificateFacts.ts'
import type { Certificate } from '#shared/transcript/event.ts'
import { errorCode, type Fault } from './fault.ts'

/** Longer chains are cut: a hostile server can send hundreds. */
const maxLength = 10
const otherName = 'ERR_TLS_CERT_ALTNAME_INVALID'
/** Names of one certificate that are kept. */
const maxNames = 200

/** From the server's own certificate upwards, in DER. */
export function rawChain(socket: TLSSocket): Uint8Array[] {
  const chain: Uint8Array[] = []
  const seen = new Set<string>()
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  while (next?.raw && chain.length < maxLength && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256)
    chain.push(new Uint8Array(next.raw))
    next = next.issuerCertificate
  }
  return chain
}

/** One certificate from its DER octets. */
export function readCertificate(der: Uint8Array): Certificate {
  const x509 = new X509Certificate(der)
  const key = describeKey(x509)
  const facts = readCertificateFacts(der)
  return {
    subject: oneLine(x509.subject),
    issuer: oneLine(x509.issuer),
    names: namesOf(x509.subjectAltName),
    validFrom: dateOf(x509.validFrom),
    validTo: dateOf(x509.validTo),
    serial: x509.serialNumber,
    fingerprint256: x509.fingerprint256,
    ...(key ? { key } : {}),
    ...(facts ? { signature: facts.signature } : {}),
    ...(facts?.purposes ? { purposes: [...facts.purposes] } : {}),
  }
}

/**
 * The TLS library takes a certificate whose dates are no dates (month 13); it then says so in its verdict. Read from the
 * text, `Jan  2 03:04:05 2026 GMT`: of a date that is none, Node's `validFromDate` is whatever its memory held.
 */
function dateOf(text: string): string {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? 'unreadable' : date.toISOString()
}

/** Node gives one `CN=…` to a line; a hostile certificate may have very many. Undefined where there is none at all. */
const oneLine = (name: string | undefined): string => (name ?? '').split('\n').join(', ').slice(0, 1000)

/** `DNS:a, IP Address:1.2.3.4` with quoted entries where a value has a comma (CVE-2021-44532). */
function namesOf(text: string | undefined): string[] {
  if (!text) return []
  const entries = text.match(/[^,"]*(?:"(?:[^"\\]|\\.)*")?[^,]*/g) ?? []
  return entries
    .map((entry) => entry.trim().replace(/^IP Address:/, 'IP:'))
    .filter((entry) => entry !== '')
    .slice(0, maxNames)
}

function describeKey(x509: X509Certificate): string | undefined {
  // A key of a kind that this TLS library does not know throws; the certificate is still worth showing.
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = x509.publicKey
    if (type === 'rsa' || type === 'rsa-pss') return `RSA ${details?.modulusLength ?? '?'}`
    if (type === 'ec') return `EC ${details?.namedCurve ?? '?'}`
    return type
  } catch {
    return undefined
  }
}

/**
 * Every fault of the chain against the reference name (RFC 7817 §3: the name the user typed). The TLS library stops at
 * its first one; dates and name are checked here as well, so that a certificate that is both self-signed and for
 * another host is blamed for both.
 */
export function chainFaults(
  socket: TLSSocket,
  chain: readonly Certificate[],
  reference: string,
  now: Date,
  ca?: string,
): Fault[] {
  const own = chain[0]
  if (!own) return [{ code: 'NO_CERTIFICATE', message: 'the server showed no certificate' }]
  const faults = new Map<string, string>()
  // Node sets a code (a string) here although its types say Error.
  const verdict: unknown = socket.authorizationError
  const code = typeof verdict === 'string' ? verdict : verdict ? errorCode(verdict) : undefined
  // The name is judged below: the library knows the one of SNI alone.
  if (code && code !== otherName) faults.set(code, 'the chain could not be verified')
  if (chain.some((certificate) => Date.parse(certificate.validTo) < now.getTime()))
    faults.set('CERT_HAS_EXPIRED', 'expired')
  if (Date.parse(own.validFrom) > now.getTime()) faults.set('CERT_NOT_YET_VALID', 'not valid yet')
  // An expired self-signed certificate is reported as expired only.
  if (code && chain.length === 1 && own.subject === own.issuer && !isListed(own.fingerprint256, ca))
    faults.set('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed')
  const mismatch = checkServerIdentity(reference, socket.getPeerCertificate()) ?? isStricter(own, reference)
  if (mismatch) faults.set(otherName, `not for ${reference}`)
  return [...faults].map(([key, message]) => ({ code: key, message }))
}

/** The library still takes a common name and `m*.example`; in mail a DNS-ID counts, with `*` as a whole label (RFC 7817 §3). */
const isStricter = ({ names }: Certificate, reference: string): boolean =>
  isIP(reference) === 0 && names.length < maxNames && !coversName(names, reference)

/** Whether a certificate with this fingerprint is among the PEM blocks that the user trusts. */
function isListed(fingerprint: string, ca: string | undefined): boolean {
  const blocks = ca?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return blocks.some((block) => new X509Certificate(block).fingerprint256 === fingerprint)
}
