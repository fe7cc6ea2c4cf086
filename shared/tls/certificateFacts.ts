/**
 * Owns: reading of an X.509 certificate in DER (RFC 5280 §4.1) what TLS libraries do not tell, or not all alike: with
 * which digest it is signed, what it may be used for, whether it is an authority's. Bounded; hostile octets give less.
 */

export interface CertificateFacts {
  /** As encoded: equal octets are equal names (RFC 5280 §7.1 allows more; no authority makes use of it). */
  subject: Uint8Array
  issuer: Uint8Array
  /** As "RSA with SHA-256", or the algorithm's number where it is not known here. */
  signature: string
  /** Extended key usage (§4.2.1.12): `server`, `client`, ... or numbers; undefined: for everything. */
  purposes: readonly string[] | undefined
  /** Basic constraints say that it signs others. */
  authority: boolean
}

/** Tag, content, and where the next element begins. */
interface Element {
  tag: number
  content: Uint8Array
  end: number
}

/** Elements of one sequence that are read at most: a certificate has a dozen extensions, not thousands. */
const mostElements = 100

const sequence = 0x30
const objectIdentifier = 0x06

function elementAt(bytes: Uint8Array, at: number): Element | undefined {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) return undefined
  const size = first < 0x80 ? 0 : first & 0x7f
  if (size > 3 || first === 0x80) return undefined
  let length = size === 0 ? first : 0
  for (let i = 0; i < size; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0)
  const start = at + 2 + size
  const end = start + length
  return end > bytes.length ? undefined : { tag, content: bytes.subarray(start, end), end }
}

function elements(bytes: Uint8Array): Element[] {
  const found: Element[] = []
  for (let at = 0; at < bytes.length && found.length < mostElements;) {
    const element = elementAt(bytes, at)
    if (!element) break
    found.push(element)
    at = element.end
  }
  return found
}

/** Dotted form; numbers of more than 28 bits, which nobody uses, are cut. */
function dotted(content: Uint8Array): string {
  const numbers: number[] = []
  let value = 0
  for (const octet of content.subarray(0, 40)) {
    value = (value & 0x1fffff) * 128 + (octet & 0x7f)
    if (octet >= 0x80) continue
    numbers.push(value)
    value = 0
  }
  const [first = 0, ...rest] = numbers
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - top * 40, ...rest].join('.')
}

const digests: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.5', 'MD5'],
  ['1.3.14.3.2.26', 'SHA-1'],
  ['2.16.840.1.101.3.4.2.1', 'SHA-256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA-384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA-512'],
])

const rsaPss = '1.2.840.113549.1.1.10'

const signatures: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.2', 'RSA with MD2'],
  ['1.2.840.113549.1.1.4', 'RSA with MD5'],
  ['1.2.840.113549.1.1.5', 'RSA with SHA-1'],
  ['1.3.14.3.2.29', 'RSA with SHA-1'],
  ['1.2.840.113549.1.1.11', 'RSA with SHA-256'],
  ['1.2.840.113549.1.1.12', 'RSA with SHA-384'],
  ['1.2.840.113549.1.1.13', 'RSA with SHA-512'],
  ['1.2.840.113549.1.1.14', 'RSA with SHA-224'],
  ['1.2.840.10040.4.3', 'DSA with SHA-1'],
  ['2.16.840.1.101.3.4.3.2', 'DSA with SHA-256'],
  ['1.2.840.10045.4.1', 'ECDSA with SHA-1'],
  ['1.2.840.10045.4.3.1', 'ECDSA with SHA-224'],
  ['1.2.840.10045.4.3.2', 'ECDSA with SHA-256'],
  ['1.2.840.10045.4.3.3', 'ECDSA with SHA-384'],
  ['1.2.840.10045.4.3.4', 'ECDSA with SHA-512'],
  ['1.3.101.112', 'Ed25519'],
  ['1.3.101.113', 'Ed448'],
  ['2.16.840.1.101.3.4.3.17', 'ML-DSA-44'],
  ['2.16.840.1.101.3.4.3.18', 'ML-DSA-65'],
  ['2.16.840.1.101.3.4.3.19', 'ML-DSA-87'],
])

const purposeNames: ReadonlyMap<string, string> = new Map([
  ['2.5.29.37.0', 'any'],
  ['1.3.6.1.5.5.7.3.1', 'server'],
  ['1.3.6.1.5.5.7.3.2', 'client'],
  ['1.3.6.1.5.5.7.3.3', 'code signing'],
  ['1.3.6.1.5.5.7.3.4', 'mail protection'],
  ['1.3.6.1.5.5.7.3.8', 'time stamping'],
  ['1.3.6.1.5.5.7.3.9', 'OCSP signing'],
])

/** Collisions can be made: whoever can have one certificate signed can have another one (RFC 9325 §4.5, RFC 6151). */
export const isWeakSignature = (signature: string): boolean => /\b(?:MD2|MD5|SHA-1)$/.test(signature)

/** Undefined when the octets are no certificate. */
export function readCertificateFacts(der: Uint8Array): CertificateFacts | undefined {
  const outer = elementAt(der, 0)
  const [body, algorithm] = outer?.tag === sequence ? elements(outer.content) : []
  if (body?.tag !== sequence || algorithm?.tag !== sequence) return undefined
  const all = elements(body.content)
  // The version is explicit and may be missing (§4.1.2.1).
  const fields = all[0]?.tag === 0xa0 ? all.slice(1) : all
  const [, , issuer, , subject] = fields
  if (!issuer || !subject) return undefined
  const extensions = readExtensions(fields.find(({ tag }) => tag === 0xa3))
  return {
    subject: subject.content,
    issuer: issuer.content,
    signature: signatureOf(elements(algorithm.content)),
    purposes: purposesOf(extensions.get('2.5.29.37')),
    authority: isAuthority(extensions.get('2.5.29.19')),
  }
}

function signatureOf([algorithm, parameters]: readonly Element[]): string {
  if (algorithm?.tag !== objectIdentifier) return 'unknown'
  const oid = dotted(algorithm.content)
  if (oid !== rsaPss) return signatures.get(oid) ?? oid
  // RFC 4055 §3.1: the digest is [0], and SHA-1 when it is not there.
  const [first] = elements(parameters?.content ?? new Uint8Array())
  const [digest] =
    first?.tag === 0xa0 ? elements(elementAt(first.content, 0)?.content ?? new Uint8Array()) : []
  const name = digest?.tag === objectIdentifier ? dotted(digest.content) : '1.3.14.3.2.26'
  return `RSA-PSS with ${digests.get(name) ?? name}`
}

/** Content of each extension by its number. */
function readExtensions(field: Element | undefined): Map<string, Uint8Array> {
  const list = field ? elementAt(field.content, 0) : undefined
  const found = new Map<string, Uint8Array>()
  for (const extension of elements(list?.content ?? new Uint8Array())) {
    const parts = elements(extension.content)
    const [id, value] = [parts[0], parts.at(-1)]
    if (id?.tag === objectIdentifier && value?.tag === 0x04) found.set(dotted(id.content), value.content)
  }
  return found
}

function purposesOf(value: Uint8Array | undefined): string[] | undefined {
  const list = value ? elementAt(value, 0) : undefined
  if (list?.tag !== sequence) return undefined
  return elements(list.content)
    .filter(({ tag }) => tag === objectIdentifier)
    .map(({ content }) => dotted(content))
    .map((oid) => purposeNames.get(oid) ?? oid)
}

function isAuthority(value: Uint8Array | undefined): boolean {
  const [first] = elements((value && elementAt(value, 0)?.content) ?? new Uint8Array())
  return first?.tag === 0x01 && first.content[0] !== 0
}

const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((octet, i) => octet === b[i])

export interface ChainOrder {
  /** Each certificate is followed by the one that signed it (RFC 5246 §7.4.2; RFC 8446 §4.4.2 forgives more). */
  ordered: boolean
  /** Certificates that no other one of the chain leads to. */
  unrelated: number
}

/** How a chain was sent, the server's own certificate first; undefined when one of it cannot be read. */
export function chainOrder(chain: readonly Uint8Array[]): ChainOrder | undefined {
  const read = chain.slice(0, 20).map(readCertificateFacts)
  const all = read.filter((one) => one !== undefined)
  if (all.length < read.length || !all[0]) return undefined
  const ordered = all.every((one, i) => i === 0 || equal(all[i - 1]!.issuer, one.subject))
  const path = [all[0]]
  for (let i = 0; i < all.length; i++) {
    const last = path.at(-1)!
    const next = all.find((one) => !path.includes(one) && equal(one.subject, last.issuer))
    if (!next) break
    path.push(next)
  }
  return { ordered, unrelated: all.length - path.length }
}
