/**
 * Owns: reading what a server answers to a ClientHello in clear: records (RFC 8446 §5.1), ServerHello and
 * HelloRetryRequest (§4.1.3, §4.1.4), and in TLS 1.2 and before the rest of its first flight (RFC 5246 §7.4.2 to §7.4.5).
 * Takes octets as they come; bounded in octets, messages and certificates.
 */
import { concat } from '../bytes/bytes.ts'
import { Octets } from './octets.ts'
import { readKeyExchange } from './serverKeyExchange.ts'
import { versionOf, type TlsVersion } from './versions.ts'

export interface ServerHello {
  version: TlsVersion
  /** Number of the suite that the server chose. */
  suite: number
  /** A HelloRetryRequest: what the server would choose, were the key share there. */
  retry: boolean
  /** Number of the group, where the answer tells it. */
  group?: number | undefined
  /** Size of the Diffie-Hellman prime in bits, where DHE was chosen. */
  primeBits?: number | undefined
  /** 0 for none; anything else is open to CRIME (RFC 7457 §2.6). */
  compression: number
  /** Numbers of the extensions in the answer. */
  extensions: readonly number[]
  /** DER of each certificate as sent, the server's own first; sealed and therefore empty in TLS 1.3. */
  certificates: readonly Uint8Array[]
  /** The server asks for a client certificate. */
  asksCertificate: boolean
}

export type ServerAnswer =
  | { kind: 'hello'; hello: ServerHello }
  | { kind: 'alert'; description: number }
  /** No TLS, or TLS that cannot be read. `bytes`: the first octets, at most 512. */
  | { kind: 'other'; why: string; bytes: Uint8Array }

/** RFC 8446 §4.1.3: the random of a HelloRetryRequest, SHA-256 of its name. */
const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c'
/** Octets of one answer: a flight with a long chain takes 20,000. */
const mostOctets = 256 * 1024
const mostCertificates = 20
const mostExtensions = 100

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('')

export class ServerAnswerReader {
  readonly #wholeFlight: boolean
  #records: Uint8Array = new Uint8Array()
  #messages: Uint8Array = new Uint8Array()
  #first: Uint8Array = new Uint8Array()
  #octets = 0
  #hello: ServerHello | undefined
  #answer: ServerAnswer | undefined

  /** `wholeFlight`: wait for the certificates and the key exchange behind the hello, where they come in clear. */
  constructor(options: { wholeFlight: boolean }) {
    this.#wholeFlight = options.wholeFlight
  }

  /** The answer once it is complete; the same ever after. */
  push(bytes: Uint8Array): ServerAnswer | undefined {
    if (this.#answer) return this.#answer
    this.#octets += bytes.length
    if (this.#first.length < 512) this.#first = concat([this.#first, bytes]).slice(0, 512)
    if (this.#octets > mostOctets) return this.#other('more octets than any handshake has')
    this.#records = concat([this.#records, bytes])
    while (!this.#answer && this.#readRecord());
    return this.#answer
  }

  /** The connection is over: what can be said of it. Undefined: nothing came at all. */
  end(): ServerAnswer | undefined {
    if (this.#answer || this.#octets === 0) return this.#answer
    return this.#hello ? this.#done(this.#hello) : this.#other('the answer broke off')
  }

  #readRecord(): boolean {
    const records = this.#records
    const type = records[0]
    if (type === undefined) return false
    if (type !== 21 && type !== 22) return this.#stop('the answer is no TLS record')
    if (records.length > 1 && records[1] !== 3) return this.#stop('the answer is no TLS record')
    if (records.length < 5) return false
    const length = records[3]! * 256 + records[4]!
    if (length > 18_432) return this.#stop('a record is longer than TLS allows')
    if (records.length < 5 + length) return false
    const content = records.slice(5, 5 + length)
    this.#records = records.slice(5 + length)
    if (type === 21) return this.#readAlert(content)
    this.#messages = concat([this.#messages, content])
    while (!this.#answer && this.#readMessage());
    return true
  }

  #readAlert(content: Uint8Array): boolean {
    if (content.length !== 2) return this.#stop('an alert cannot be read')
    // A warning such as unrecognized_name may stand before the hello (RFC 6066 §3).
    if (content[0] === 1 && content[1] !== 0) return true
    // What the server chose is known, whatever it thinks of it afterwards.
    this.#answer = this.#hello
      ? { kind: 'hello', hello: this.#hello }
      : { kind: 'alert', description: content[1]! }
    return false
  }

  #readMessage(): boolean {
    const messages = this.#messages
    if (messages.length < 4) return false
    const length = messages[1]! * 65_536 + messages[2]! * 256 + messages[3]!
    if (messages.length < 4 + length) return false
    const body = messages.slice(4, 4 + length)
    this.#messages = messages.slice(4 + length)
    return this.#message(messages[0]!, body)
  }

  #message(type: number, body: Uint8Array): boolean {
    if (type === 2) return this.#readHello(body)
    if (!this.#hello) return this.#stop('the first message is no ServerHello')
    if (type === 11) this.#hello = { ...this.#hello, certificates: readCertificates(body) }
    else if (type === 12) this.#hello = { ...this.#hello, ...readKeyExchange(body, this.#hello.suite) }
    else if (type === 13) this.#hello = { ...this.#hello, asksCertificate: true }
    else if (type === 14) {
      this.#done(this.#hello)
      return false
    }
    return true
  }

  #readHello(body: Uint8Array): boolean {
    if (this.#hello) return this.#stop('there are two ServerHellos')
    const hello = readHello(body)
    if (hello === undefined) return this.#stop('the ServerHello cannot be read')
    this.#hello = hello
    if (this.#wholeFlight && hello.version !== 'TLSv1.3') return true
    this.#done(hello)
    return false
  }

  #done(hello: ServerHello): ServerAnswer {
    this.#answer = { kind: 'hello', hello }
    return this.#answer
  }

  #stop(why: string): false {
    this.#other(why)
    return false
  }

  #other(why: string): ServerAnswer {
    this.#answer = { kind: 'other', why, bytes: this.#first }
    return this.#answer
  }
}

function readHello(body: Uint8Array): ServerHello | undefined {
  const octets = new Octets(body)
  const legacy = octets.uint(2)
  const retry = hex(octets.take(32)) === retryRandom
  octets.vector(1)
  const suite = octets.uint(2)
  const compression = octets.uint(1)
  const found = new Map<number, Uint8Array>()
  if (octets.left > 0) {
    const list = new Octets(octets.vector(2))
    while (list.left > 0 && found.size < mostExtensions) found.set(list.uint(2), list.vector(2))
    if (list.broken) return undefined
  }
  const chosen = found.get(43)
  const version = versionOf(chosen?.length === 2 ? new Octets(chosen).uint(2) : legacy)
  if (octets.broken || version === undefined) return undefined
  const share = found.get(51)
  return {
    version,
    suite,
    retry,
    group: share && share.length >= 2 ? new Octets(share).uint(2) : undefined,
    compression,
    extensions: [...found.keys()],
    certificates: [],
    asksCertificate: false,
  }
}

/** RFC 5246 §7.4.2. What follows a broken entry is left out. */
function readCertificates(body: Uint8Array): Uint8Array[] {
  const list = new Octets(new Octets(body).vector(3))
  const certificates: Uint8Array[] = []
  while (list.left > 0 && certificates.length < mostCertificates) {
    const der = list.vector(3)
    if (list.broken) break
    certificates.push(der)
  }
  return certificates
}
