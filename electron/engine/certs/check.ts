/** Owns: whether a stored certificate and key may still be used, and if not, why, in words. */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'
import type { KeyPair } from './make.ts'

/** A certificate this close to its end is renewed. */
export const renewBeforeMs = 30 * 86_400_000

/** `damaged`: unreadable or not belonging together. `due`: sound, but a new one is needed. */
export type Verdict =
  { state: 'good'; expiresAt: Date } | { state: 'damaged'; why: string } | { state: 'due'; why: string }

function readPair(pair: KeyPair): { certificate: X509Certificate; key: KeyObject } | string {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(pair.cert)
  } catch {
    return 'the certificate cannot be read'
  }
  let key: KeyObject
  try {
    key = createPrivateKey(pair.key)
  } catch {
    return 'the private key cannot be read'
  }
  return certificate.checkPrivateKey(key)
    ? { certificate, key }
    : 'the private key does not belong to the certificate'
}

function expiry(certificate: X509Certificate, now: Date): Verdict {
  const expiresAt = new Date(certificate.validTo)
  if (expiresAt.getTime() - now.getTime() < renewBeforeMs)
    return { state: 'due', why: `it ends on ${expiresAt.toISOString().slice(0, 10)}` }
  if (new Date(certificate.validFrom) > now) return { state: 'due', why: 'it is not valid yet' }
  return { state: 'good', expiresAt }
}

export function checkAuthority(pair: KeyPair, now: Date): Verdict {
  const read = readPair(pair)
  if (typeof read === 'string') return { state: 'damaged', why: read }
  if (!read.certificate.ca) return { state: 'damaged', why: 'it is not the certificate of an authority' }
  return expiry(read.certificate, now)
}

/** subjectAltName entries as plain names and addresses, lower case, sorted. */
export function certificateNames(pem: string): string[] {
  const text = new X509Certificate(pem).subjectAltName ?? ''
  return text
    .split(', ')
    .map((entry) => canonicalName(entry.replace(/^(?:DNS|IP Address):/u, '')))
    .toSorted()
}

/** One spelling per name: lower case; an IPv6 address in its shortest form. */
export function canonicalName(name: string): string {
  if (isIP(name) === 6) return new URL(`http://[${name}]`).hostname.slice(1, -1)
  return name.toLowerCase()
}

export function checkServer(pair: KeyPair, authority: string, names: readonly string[], now: Date): Verdict {
  const read = readPair(pair)
  if (typeof read === 'string') return { state: 'damaged', why: read }
  const issuer = new X509Certificate(authority)
  if (!read.certificate.checkIssued(issuer) || !read.certificate.verify(issuer.publicKey))
    return { state: 'due', why: 'it was signed by another authority' }
  const wanted = names.map(canonicalName).toSorted()
  if (certificateNames(pair.cert).join() !== wanted.join())
    return { state: 'due', why: `the names changed to ${wanted.join(', ')}` }
  return expiry(read.certificate, now)
}
