/**
 * Owns: making certificates: one authority and the server certificates it signs (ECDSA P-256, SHA-256; RFC 5280).
 * Pure but for randomness: it reads and writes no file and no clock.
 */
import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { createPrivateKey, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'

/** A certificate and its private key (PKCS#8), both PEM. */
export interface KeyPair {
  cert: string
  key: string
}

/** Node's webcrypto. */
const { crypto } = globalThis
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 86_400_000
/** Clients with a slow clock must not see a certificate from the future. */
const backdateMs = 3_600_000

export const authorityDays = 3650
/** Some clients refuse longer than 825 days even below a root the user trusts. */
export const serverDays = 397

const validity = (now: Date, days: number) => ({
  notBefore: new Date(now.getTime() - backdateMs),
  notAfter: new Date(now.getTime() - backdateMs + days * dayMs),
})

/** Positive, at most 20 octets, 127 random bits (RFC 5280 §4.1.2.2). */
export function serialNumber(): string {
  const bytes = randomBytes(16)
  // The first bit clear keeps the DER integer positive, the second set keeps its first octet from being dropped.
  bytes[0] = (bytes[0]! & 0x7f) | 0x40
  return bytes.toString('hex')
}

const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

type PrivateKey = Awaited<ReturnType<typeof newKeys>>['privateKey']

async function keyPem(key: PrivateKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key))
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString()
}

async function signingKey(pem: string): Promise<PrivateKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' })
  return crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
}

const toPem = (certificate: X509Certificate) => `${certificate.toString('pem').trim()}\n`

/**
 * A new authority. Its name carries a random part: two installations must not make roots with the same name and
 * different keys, which some trust stores cannot tell apart.
 */
export async function makeAuthority(now: Date): Promise<KeyPair> {
  const keys = await newKeys()
  const mark = randomBytes(3).toString('hex')
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: [{ O: ['Relayscope'] }, { CN: [`Relayscope local authority ${mark}`] }],
      ...validity(now, authorityDays),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
      ],
    },
    crypto,
  )
  return { cert: toPem(certificate), key: await keyPem(keys.privateKey) }
}

interface Leaf {
  subject: Name
  days: number
  usage: ExtendedKeyUsage
  alternatives: { type: 'email' | 'dns' | 'ip'; value: string }[]
}

/** A certificate with a new key, for no longer than its authority. */
async function issue(
  authority: KeyPair,
  { subject, days, usage, alternatives }: Leaf,
  now: Date,
): Promise<KeyPair> {
  const issuer = new X509Certificate(authority.cert)
  const keys = await newKeys()
  const { notBefore, notAfter } = validity(now, days)
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject,
      issuer: issuer.subject,
      notBefore,
      notAfter: notAfter > issuer.notAfter ? issuer.notAfter : notAfter,
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: await signingKey(authority.key),
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([usage]),
        ...(alternatives.length > 0 ? [new SubjectAlternativeNameExtension(alternatives)] : []),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
        await AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, crypto),
      ],
    },
    crypto,
  )
  return { cert: toPem(certificate), key: await keyPem(keys.privateKey) }
}

/** RFC 5280 §A.1: ub-common-name. Counted in UTF-16, which is never less than in characters. */
const longestCommonName = 64
const fitsCommonName = (user: string): boolean => user.length <= longestCommonName
export const clientDays = 397

/**
 * A client certificate that stands for `user`: an e-mail address goes into subjectAltName too, in ASCII (RFC 5280
 * §4.2.1.6). A name that does not fit is never cut, for the rest of it may be somebody else's. Ends with its authority.
 */
export async function makeClientCertificate(
  authority: KeyPair,
  user: string,
  now: Date,
  days = clientDays,
): Promise<KeyPair> {
  // As UTF-8, not as a text: that is taken apart (RFC 4514 §2.4), so that `#0c0161` would stand for somebody called a.
  const subject = new Name([fitsCommonName(user) ? { CN: [{ utf8String: user }] } : { O: ['Relayscope'] }])
  const alternatives = isMailAddress(user) ? [{ type: 'email' as const, value: user }] : []
  return issue(authority, { subject, days, usage: ExtendedKeyUsage.clientAuth, alternatives }, now)
}

/** Null when a certificate can stand for this user, else what would be right. */
export function clientUserProblem(user: string): string | null {
  if (user.trim() === '') return 'is empty; write the name or address that the certificate stands for'
  if (/[\p{Cc}"]/u.test(user))
    return 'has a quotation mark or control character, which no name in a certificate may have'
  if (isMailAddress(user)) return user.length > 254 ? 'is longer than the 254 characters of an address' : null
  return !fitsCommonName(user)
    ? `has more than the ${longestCommonName} characters that a common name holds; write a shorter one, or an address`
    : null
}

const isMailAddress = (user: string): boolean => /^[!-?A-~]+@[!-?A-~]+$/.test(user)

/** A server certificate for host names and IP addresses; the first is its common name. Signed by `authority`. */
export async function makeServerCertificate(
  authority: KeyPair,
  names: readonly string[],
  now: Date,
): Promise<KeyPair> {
  const alternatives = names.map((value) => ({
    type: isIP(value) ? ('ip' as const) : ('dns' as const),
    value,
  }))
  // RFC 5280 §A.1: ub-common-name is 64 characters; names are checked against subjectAltName anyway (RFC 9525 §2).
  const subject = new Name([{ CN: [(names[0] ?? 'localhost').slice(0, 64)] }])
  return issue(
    authority,
    { subject, days: serverDays, usage: ExtendedKeyUsage.serverAuth, alternatives },
    now,
  )
}
