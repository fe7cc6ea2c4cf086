/** Owns: what an OpenSSL error text and verify number mean, in the codes that diagnosis knows. */
import type { TlsFaultCode } from '../../diagnosis/tls.ts'
import { isAlertName } from '../../tls/alert.ts'

const faults: readonly (readonly [RegExp, TlsFaultCode])[] = [
  [/wrong version number|packet length too long|http request|record layer failure/i, 'plain-answer'],
  [/certificate verify failed/i, 'not-verified'],
  [/unsupported protocol|no protocols available/i, 'no-common-version'],
  [/no shared cipher|no ciphers available|no cipher match/i, 'no-common-cipher'],
  [/unexpected eof|lost connection|^-1$|closed/i, 'closed'],
  [/reset/i, 'reset'],
  [/timed? ?out/i, 'timeout'],
]

/** `tlsv1 alert protocol version`, `sslv3 alert handshake failure`. */
const alert = /(?:sslv3|tlsv1|tlsv13|ssl\/tls) alert ([a-z ]{1,40})/i

export function tlsFault(message: string): { code: TlsFaultCode; message: string } {
  const name = alert.exec(message)?.[1]?.trim().toLowerCase().replaceAll(' ', '_')
  if (name !== undefined && isAlertName(name)) return { code: `alert-${name}`, message }
  return { code: faults.find(([form]) => form.test(message))?.[1] ?? 'protocol', message }
}

/** Numbers of OpenSSL's verification (x509_vfy.h) by the names that Node's TLS uses. */
const verdicts: Record<string, string> = {
  2: 'UNABLE_TO_GET_ISSUER_CERT', 9: 'CERT_NOT_YET_VALID', 10: 'CERT_HAS_EXPIRED', 18: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  19: 'SELF_SIGNED_CERT_IN_CHAIN', 20: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 21: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  23: 'CERT_REVOKED', 26: 'INVALID_PURPOSE', 62: 'ERR_TLS_CERT_ALTNAME_INVALID', 64: 'ERR_TLS_CERT_ALTNAME_INVALID',
} // prettier-ignore

/** By its number, or by its words where the number is not printed. */
export function verdictCode(number: string | undefined, words: string): string {
  const known = number === undefined ? undefined : verdicts[number]
  if (known !== undefined) return known
  if (/expired/i.test(words)) return 'CERT_HAS_EXPIRED'
  if (/self[- ]signed certificate in/i.test(words)) return 'SELF_SIGNED_CERT_IN_CHAIN'
  if (/self[- ]signed/i.test(words)) return 'DEPTH_ZERO_SELF_SIGNED_CERT'
  if (/host ?name|not for this host/i.test(words)) return 'ERR_TLS_CERT_ALTNAME_INVALID'
  return number === undefined ? 'UNVERIFIED' : `X509_${number}`
}
