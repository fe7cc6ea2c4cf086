/** Owns: what s_client says of TLS, gathered into one handshake: version, cipher, key exchange, chain, verdict. */
import { fromBase64 } from '../../bytes/bytes.ts'
import type { Certificate, EventBody } from '../event.ts'
import { tlsFault, verdictCode } from './tlsFault.ts'
import type { Surroundings } from './types.ts'

type Tls = Extract<EventBody, { kind: 'tls' }>

/** Certificates of a chain that are kept. */
const mostCertificates = 10

/** `Nov 22 02:17:11 2026 GMT` as ISO; '' when it is no date. */
function dateOf(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? '' : new Date(time).toISOString()
}

const blank: Certificate = { subject: '', issuer: '', names: [], validFrom: '', validTo: '', serial: '', fingerprint256: '' } // prettier-ignore

/** `CN = mx` (3.x) and `/CN=mx` (1.0) alike as `CN=mx`. */
const nameOf = (text: string): string =>
  text.startsWith('/')
    ? text.slice(1).replace(/\/(?=[A-Za-z]{1,20}=)/g, ', ')
    : text.replace(/([A-Za-z]{1,20}) = /g, '$1=')

const keyOf = (text: string): string | undefined => {
  const [, kind, bits] = /^PKEY: (\S{1,40}), (\d{1,6}) \(bit\)/.exec(text) ?? []
  if (kind === undefined) return undefined
  return kind === 'rsaEncryption' ? `RSA ${bits}` : kind === 'id-ecPublicKey' ? `EC ${bits} bit` : `${kind} ${bits}` // prettier-ignore
}

export class OpensslFacts {
  readonly #read: Surroundings['certificate']
  readonly #chain: Certificate[] = []
  #tls: Partial<Tls> = {}
  #error = ''
  #connected = false
  #noCertificate = false
  #refused: string | undefined

  constructor({ certificate }: Surroundings) {
    this.#read = certificate
  }

  /** The handshake that the text tells; null when it tells of none. */
  handshake(): Tls | null {
    const base = { kind: 'tls', phase: 'tls', direction: 'none', took: 0 } as const
    const { version } = this.#tls
    if (version === undefined && this.#chain.length === 0) {
      if (!this.#connected || (this.#error === '' && !this.#noCertificate)) return null
      const fault = tlsFault(this.#error || 'The server showed no certificate.')
      return { ...base, outcome: 'failed', fault }
    }
    return { ...base, outcome: 'established', ...this.#tls, ...(this.#chain.length > 0 ? { chain: this.#chain } : {}) } // prettier-ignore
  }

  /** Why no connection was made. */
  get refused(): string | undefined {
    return this.#connected ? undefined : this.#refused
  }

  take(text: string): void {
    const [, number, subject] = /^ ?(\d{1,3}) s:(.{0,1000})/.exec(text) ?? []
    if (number !== undefined) {
      if (this.#chain.length < mostCertificates) this.#chain.push({ ...blank, subject: nameOf(subject!) })
    } else if (/^ {2,3}[iav]:/.test(text)) this.#ofCertificate(text.trimStart())
    else this.#ofSession(text)
  }

  #ofCertificate(text: string): void {
    const last = this.#chain.at(-1)
    if (last === undefined || last.fingerprint256 !== '') return
    const value = text.slice(2)
    if (text.startsWith('i:')) last.issuer = nameOf(value)
    const key = text.startsWith('a:') ? keyOf(value) : undefined
    if (key !== undefined) last.key = key
    const dates = /^NotBefore: (.{1,40}?); NotAfter: (.{1,40})$/.exec(value)
    if (dates) Object.assign(last, { validFrom: dateOf(dates[1]!), validTo: dateOf(dates[2]!) })
  }

  /** A whole PEM block, its lines without the marks. With -showcerts each follows its entry of the chain. */
  certificate(base64: string, own: boolean): void {
    const der = fromBase64(base64)
    const known = der === null ? null : (this.#read?.(der) ?? null)
    if (known === null) return
    const place = own ? 0 : Math.max(0, this.#chain.length - 1)
    if (this.#chain[place]?.fingerprint256 === '' || this.#chain.length === 0) this.#chain[place] = known
  }

  #ofSession(text: string): void {
    const after = (form: RegExp): string | undefined => form.exec(text)?.[1]?.trim()
    const newSession = /^(New|Reused), (\S{1,40}), Cipher is (\S{1,80})/.exec(text)
    if (newSession && newSession[3] !== '(NONE)') {
      // Some versions print the cipher's own era here (`TLSv1/SSLv3`); the session says it exactly.
      if (!newSession[2]!.includes('/')) this.#tls.version = newSession[2]!
      this.#tls.cipher = newSession[3]!
      if (newSession[1] === 'Reused') this.#tls.resumed = true
    }
    const version = after(/^(?: {4}Protocol {2}|Protocol version|Protocol): (\S{1,40})/)
    const cipher = after(/^(?:Ciphersuite| {4}Cipher {4}): (\S{1,80})/)
    const group = after(/^(?:(?:Server|Peer) Temp Key|Negotiated TLS1\.3 group): ([^,]{1,60})/)
    if (version !== undefined) this.#tls.version = version
    if (cipher !== undefined && cipher !== '0000') this.#tls.cipher = cipher
    if (group !== undefined) this.#tls.group = group
    const alpn = after(/^ALPN protocol: (\S{1,60})/)
    if (alpn !== undefined) this.#tls.alpn = alpn
    this.#verdict(text)
    if (text.startsWith('CONNECTED(') || text.startsWith('CONNECTION ESTABLISHED')) this.#connected = true
    if (text.startsWith('no peer certificate')) this.#noCertificate = true
    const errno = after(/^connect:errno=(\d{1,5})/)
    if (errno !== undefined) this.#refused = errno
    const error = /^[0-9A-Fa-f]{5,20}:error:[0-9A-F]{6,10}:([^:]{0,100}):[^:]{0,100}:([^:]{1,200})/.exec(text)
    if (error) this.#error ||= error[2]!
  }

  #verdict(text: string): void {
    const [, code, why] = /^ {0,4}Verify return code: (\d{1,5}) \((.{1,200})\)/.exec(text) ?? []
    const [, number, early] = /^verify error:num=(\d{1,5}):(.{1,200})/.exec(text) ?? []
    const error = /^Verification error: (.{1,200})/.exec(text)?.[1]
    if (code === '0' || text === 'Verification: OK') this.#tls.verified ??= true
    const message = (code === '0' ? undefined : why) ?? early ?? error
    if (message === undefined) return
    this.#tls.verified = false
    const known = code ?? number
    this.#tls.problem ??= { code: verdictCode(known, message), message }
  }
}
