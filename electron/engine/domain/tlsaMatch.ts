/**
 * Owns: whether a TLSA record fits the chain that a mail server sent: RFC 6698 §2.1 as RFC 7672 §3 narrows it for SMTP.
 * Usage 3 is the server's own certificate and nothing else counts; usage 2 is an authority above it, and then signatures,
 * dates and name count. Usages 0 and 1 are not used in mail.
 */
import { createHash, createPublicKey, timingSafeEqual, X509Certificate, type KeyObject } from 'node:crypto'
import { coversName } from '#shared/diagnosis/certificateName.ts'
import { readCertificate } from '../dialogue/chain.ts'
import type { RecordData } from '../dns/types.ts'

type Tlsa = RecordData['TLSA']

export interface DaneChain {
  /** DER, the server's own first, as it was sent. */
  chain: readonly Uint8Array[]
  /** The MX host. */
  host: string
  /** The domain that the mail is for: a certificate with its name is as good (RFC 7672 §3.2.2). */
  domain?: string | undefined
  now: Date
}

export interface Match {
  matches: boolean
  why?: string
}

/** Longer chains are cut: a hostile server can send hundreds. */
const maxChain = 10

const no = (why: string): Match => ({ matches: false, why })

export function matchTlsa(record: Tlsa, seen: DaneChain): Match {
  const unusable = unusableWords(record)
  if (unusable !== undefined) return no(unusable)
  const chain = readAll(seen.chain)
  const own = chain[0]
  if (!own) return no(seen.chain.length === 0 ? 'the server sent no certificate' : 'its certificate cannot be read') // prettier-ignore
  if (record.usage === 3) return fits(record, own) ? { matches: true } : no('it is of another certificate or key')
  return matchAuthority(record, chain, own, seen)
} // prettier-ignore

const sizes = new Map([[1, 32], [2, 64]]) // prettier-ignore

/** Why no certificate can fit this record in mail (RFC 7672 §3.1); undefined when one can. */
export function unusableWords({ usage, selector, matching, data }: Tlsa): string | undefined {
  if (usage !== 2 && usage !== 3) return `mail does not use certificate usage ${usage}`
  if (selector > 1) return `selector ${selector} is not known`
  if (matching > 2) return `matching type ${matching} is not known`
  const size = sizes.get(matching)
  if (size !== undefined && data.length !== size)
    return `its digest has ${data.length} octets instead of ${size}`
  return data.length === 0 ? 'it holds no data' : undefined
}

function readAll(chain: readonly Uint8Array[]): X509Certificate[] {
  const read: X509Certificate[] = []
  for (const der of chain.slice(0, maxChain)) {
    try {
      read.push(new X509Certificate(der))
    } catch {
      break
    }
  }
  return read
}

/** What the record is compared with: the whole certificate or its key (SubjectPublicKeyInfo), whole or hashed. */
function fits({ selector, matching, data }: Tlsa, certificate: X509Certificate): boolean {
  const whole = selector === 0 ? certificate.raw : spki(certificate)
  const value =
    matching === 0
      ? whole
      : createHash(matching === 1 ? 'sha256' : 'sha512')
          .update(whole)
          .digest()
  return value.length === data.length && timingSafeEqual(value, data)
}

const spki = (certificate: X509Certificate): Buffer =>
  certificate.publicKey.export({ type: 'spki', format: 'der' })

/** RFC 7672 §3.1.2: from the server's certificate up, each signed by the next, to one that the record names. */
function matchAuthority(
  record: Tlsa,
  chain: readonly X509Certificate[],
  own: X509Certificate,
  seen: DaneChain,
): Match {
  const path = [own]
  let found = false
  for (let top = own; !found; ) {
    const next = chain.find((one) => !path.includes(one) && isIssuedBy(top, one))
    if (!next) break
    path.push(next)
    top = next
    found = fits(record, next)
  }
  if (!found && !isAnchoredOutside(record, path.at(-1) ?? own))
    return no('no authority in the chain fits it')
  const late = path.find((one) => !isDated(one, seen.now))
  if (late) return no(`the chain fits it, but ${late === own ? 'the certificate' : 'an authority of it'} is out of date`)
  const names = readCertificate(own.raw).names
  const references = [seen.host, ...(seen.domain === undefined ? [] : [seen.domain])]
  return references.some((name) => coversName(names, name))
    ? { matches: true }
    : no(`the chain fits it, but the certificate is not for ${references.join(' or ')}`)
} // prettier-ignore

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && isSignedBy(certificate, issuer.publicKey)
}

function isSignedBy(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.verify(key)
  } catch {
    return false
  }
}

/** A record that holds the authority itself (matching 0) serves a server that does not send it (RFC 7671 §5.2.2). */
function isAnchoredOutside({ selector, matching, data }: Tlsa, top: X509Certificate): boolean {
  if (matching !== 0) return false
  try {
    if (selector === 0) return isIssuedBy(top, new X509Certificate(data))
    return isSignedBy(top, createPublicKey({ key: Buffer.from(data), format: 'der', type: 'spki' }))
  } catch {
    return false
  }
}

/** Read from the text: of a date that is none, Node's own reading is whatever its memory held. */
const isDated = ({ validFrom, validTo }: X509Certificate, now: Date): boolean =>
  Date.parse(validFrom) <= now.getTime() && now.getTime() <= Date.parse(validTo)
