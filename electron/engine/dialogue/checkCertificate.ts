/** Owns: whether what a person gave as certificates and keys can be used, said before anything is dialled. No key is shown. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { ClientCertificate, FieldProblem } from '#shared/rpc/contract/dialogue.ts'

/** Octets of PEM that are read. */
const longest = 1 << 20
const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Whether every PEM block is a certificate, and there is at least one. */
export function isPem(text: string): boolean {
  try {
    return certificatesOf(text).length > 0
  } catch {
    return false
  }
}

/** Throws for a block that is no certificate. */
function certificatesOf(text: string): X509Certificate[] {
  const blocks = text.length > longest ? null : text.match(block)
  return (blocks ?? []).map((one) => new X509Certificate(one))
}

const say = (part: string, value: string, message: string): FieldProblem[] => [
  { field: `target.clientCertificate.${part}`, value, message },
]

/** Every problem of a client certificate; empty when there is none of either. */
export function checkClientCertificate(given: ClientCertificate | undefined, now: Date): FieldProblem[] {
  if (given === undefined) return []
  if (!isPem(given.cert))
    return say(
      'cert',
      '',
      'The client certificate cannot be read: give it in PEM, beginning with -----BEGIN CERTIFICATE-----.',
    )
  const [own] = certificatesOf(given.cert)
  const key = keyOf(given)
  if (key === null && isSealed(given))
    return say(
      'passphrase',
      '',
      given.passphrase === undefined
        ? 'The key of the client certificate is encrypted: give its passphrase.'
        : 'The passphrase does not open the key of the client certificate.',
    )
  if (key === null)
    return say(
      'key',
      '',
      'The key of the client certificate cannot be read: give it in PEM, and its passphrase if it has one.',
    )
  if (!own!.checkPrivateKey(key))
    return say('key', '', 'The key does not belong to the client certificate: give the one it was made with.')
  if (own!.validToDate < now)
    return say(
      'cert',
      own!.validTo,
      `The client certificate has expired, on ${own!.validTo}: give a newer one.`,
    )
  if (own!.validFromDate > now)
    return say('cert', own!.validFrom, `The client certificate is not valid before ${own!.validFrom}.`)
  return []
}

/** Encrypted, in PKCS #8 (RFC 5958 §3) or as OpenSSL used to write it; only the beginning says so. */
const isSealed = ({ key }: ClientCertificate): boolean =>
  /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(key.slice(0, 4096))

function keyOf({ key, passphrase }: ClientCertificate): KeyObject | null {
  if (key.length > longest) return null
  try {
    return createPrivateKey({ key, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) })
  } catch {
    return null
  }
}
