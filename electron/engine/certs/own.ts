/**
 * Owns: whether a certificate and key that a person gave can serve TLS, and what is worth knowing although they can.
 * Pure but for the clock that is given. No key and no passphrase stands in any message.
 */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { renewBeforeMs } from './check.ts'
import { certificateBlocks } from './facts.ts'

export interface GivenCertificate {
  /** PEM; the server's own first, then what signed it. */
  certificate: string
  /** PEM. */
  key: string
  passphrase?: string | undefined
}

export interface CheckedCertificate {
  /** The chain alone, as PEM. */
  certificate: string
  /** PKCS#8 without a passphrase, PEM. */
  key: string
  notices: string[]
}

/** NIST SP 800-131A: RSA below is disallowed; OpenSSL 3.5 takes none below without being asked for it. */
const fineBits = 2048

const pemHint = 'give it in PEM, beginning with -----BEGIN CERTIFICATE-----'

export function checkOwn(given: GivenCertificate, now: Date): CheckedCertificate | FieldProblem[] {
  const chain = readChain(given.certificate)
  if (typeof chain === 'string') return [{ field: 'certificate', value: '', message: chain }]
  const key = readKey(given)
  if ('message' in key) return [key]
  const [own] = chain
  if (!own!.checkPrivateKey(key.key)) return [mismatch(chain, key.key)]
  const date = datesProblem(own!, now)
  if (date !== null) return [{ field: 'certificate', value: own!.validTo, message: date }]
  return {
    certificate: certificateBlocks(given.certificate)
      .map((one) => `${one}\n`)
      .join(''),
    key: key.key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    notices: noticesOf(chain, now),
  }
}

/** What is worth knowing of a chain that works, as sentences. */
export function noticesOf(chain: readonly X509Certificate[], now: Date): string[] {
  const [own] = chain
  if (own === undefined) return []
  const ends = new Date(own.validTo)
  const day = ends.toISOString().slice(0, 10)
  const left = ends.getTime() - now.getTime()
  const notices: string[] = []
  if (left <= 0) notices.push(`It ended on ${day}; clients that check it refuse it.`)
  else if (left < renewBeforeMs) notices.push(`It ends on ${day}; get a new one soon.`)
  if (own.subjectAltName === undefined)
    notices.push(
      'It names no host in subjectAltName, so that clients of today accept it for none (RFC 9525 §2).',
    )
  const { modulusLength = fineBits } = own.publicKey.asymmetricKeyDetails ?? {}
  if (modulusLength < fineBits)
    notices.push(
      `Its key has ${modulusLength.toLocaleString('en-US')} bits: TLS takes it where the ciphers name @SECLEVEL=0 only, and clients of today refuse it.`,
    )
  const broken = chain.findIndex((one, i) => i > 0 && !issued(chain[i - 1]!, one))
  if (broken > 0) notices.push(`Certificate ${broken + 1} of the chain did not sign the one before it.`)
  else if (chain.length === 1 && !issued(own, own))
    notices.push('What signed it is not in the chain; clients that do not have it cannot verify it.')
  return notices
}

/** PEM text to certificates. */
export const chainOf = (pem: string): X509Certificate[] =>
  certificateBlocks(pem).map((one) => new X509Certificate(one))

const issued = (one: X509Certificate, by: X509Certificate): boolean =>
  one.checkIssued(by) && one.verify(by.publicKey)

/** The chain, or why it cannot be read. */
function readChain(pem: string): X509Certificate[] | string {
  if (certificateBlocks(pem).length === 0)
    return pem.includes('PRIVATE KEY-----')
      ? `holds a key and no certificate; ${pemHint}`
      : `cannot be read; ${pemHint}`
  try {
    return chainOf(pem)
  } catch {
    return `has a block that is no certificate; ${pemHint}`
  }
}

function readKey({ key, passphrase }: GivenCertificate): { key: KeyObject } | FieldProblem {
  try {
    return { key: createPrivateKey({ key, ...(passphrase === undefined ? {} : { passphrase }) }) }
  } catch {
    // Why is asked of the text: the libraries' codes for a wrong passphrase differ.
    const sealed = /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(key)
    if (sealed && passphrase === undefined)
      return { field: 'passphrase', value: '', message: 'is missing: the key is encrypted' }
    if (sealed) return { field: 'passphrase', value: '********', message: 'does not open the key' }
    const message = 'cannot be read; give it in PEM, beginning with -----BEGIN PRIVATE KEY-----'
    return { field: 'key', value: '', message }
  }
}

/** The key may belong to another certificate of the chain: the order is what is wrong then. */
function mismatch(chain: readonly X509Certificate[], key: KeyObject): FieldProblem {
  const place = chain.findIndex((one) => one.checkPrivateKey(key))
  if (place > 0)
    return {
      field: 'certificate',
      value: '',
      message: `has the key’s own certificate at place ${place + 1}; put it first, then what signed it`,
    }
  return {
    field: 'key',
    value: '',
    message: 'does not belong to the certificate; give the one it was made with',
  }
}

function datesProblem(own: X509Certificate, now: Date): string | null {
  if (new Date(own.validTo) < now) return 'has expired; give a newer one'
  return new Date(own.validFrom) > now
    ? `is valid from ${own.validFrom} only; give one that is valid now`
    : null
}
