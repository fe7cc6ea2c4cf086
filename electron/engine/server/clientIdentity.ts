/** Owns: who a client is by its TLS certificate, for EXTERNAL: the e-mail addresses of its names, then its common name. */
import { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'

/** Names of one certificate that are looked at. */
const mostNames = 50

export interface ClientIdentity {
  /** The chain leads to the authority that the listener trusts, and the dates are right. */
  verified: boolean
  /** E-mail addresses (subjectAltName rfc822Name, RFC 5280 §4.2.1.6), then the common name. */
  names: string[]
}

/** Null when the client showed no certificate. */
export function clientIdentity(socket: TLSSocket): ClientIdentity | null {
  const { raw } = socket.getPeerCertificate()
  if (raw === undefined) return null
  try {
    return { verified: isVerified(socket), names: namesOf(new X509Certificate(raw)) }
  } catch {
    return { verified: false, names: [] }
  }
}

/**
 * The TLS library's own verdict on chain and dates. `authorized` is set by Node's server alone, which hands a connection
 * over sealed from the first octet; here it is upgraded in place, so its verdict is asked for where that one asks.
 */
function isVerified(socket: TLSSocket): boolean {
  const handle: unknown = Reflect.get(socket, '_handle')
  if (typeof handle !== 'object' || handle === null) return false
  const verdict: unknown = Reflect.get(handle, 'verifyError')
  if (typeof verdict !== 'function') return false
  const problem: unknown = Reflect.apply(verdict, handle, [])
  return problem === null || problem === undefined
}

/** A value with a quote in it is not taken apart: it could pose as another name (CVE-2021-44532). */
export function namesOf({
  subjectAltName,
  subject,
}: Pick<X509Certificate, 'subjectAltName' | 'subject'>): string[] {
  const parts = subjectAltName === undefined || subjectAltName.includes('"') ? [] : subjectAltName.split(', ')
  const mails = parts.flatMap((part) => (part.startsWith('email:') ? [part.slice(6)] : []))
  const common =
    subject?.split('\n').flatMap((line) => (line.startsWith('CN=') ? commonName(line) : [])) ?? []
  return [...mails, ...common].filter((name) => name !== '' && name.length <= 320).slice(0, mostNames)
}

/** `\,` and the like, or an octet in hex, as the TLS library writes what would be syntax (RFC 4514 §2.4). */
const escaped = /\\(?:([0-9A-F]{2})|(.))/g

/** None where several attributes stand in one: an unescaped plus sign ends the name, and something else follows. */
function commonName(line: string): string[] {
  const name = line.slice(3)
  if (name.replaceAll(escaped, '').includes('+')) return []
  return [
    name.replaceAll(escaped, (_, hex: string | undefined, mark: string) =>
      hex === undefined ? mark : String.fromCharCode(Number.parseInt(hex, 16)),
    ),
  ]
}
