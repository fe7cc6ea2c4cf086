/**
 * Owns: who may come in. A one-time token in the printed address is exchanged for a session cookie and is void from
 * then on, so an address in a shell's history, a log or a browser's history opens nothing.
 *
 * Limit: browsers send cookies to every port of a host, so another server on 127.0.0.1 that this browser visits could
 * see the session. Whoever can run one here as this user can read the data folder anyway.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Unused tokens and sessions that are kept; the oldest give way. */
const mostTokens = 8
const mostSessions = 64

const secret = (): string => randomBytes(32).toString('base64url')
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** A bounded set of secrets, kept as digests and compared in constant time. */
class SecretSet {
  readonly #most: number
  #digests: Buffer[] = []

  constructor(most: number) {
    this.#most = most
  }

  add(text: string): void {
    this.#digests = [...this.#digests, digest(text)].slice(-this.#most)
  }

  has(text: string): boolean {
    const wanted = digest(text)
    return this.#digests.some((kept) => timingSafeEqual(kept, wanted))
  }

  delete(text: string): void {
    const wanted = digest(text)
    this.#digests = this.#digests.filter((kept) => !timingSafeEqual(kept, wanted))
  }
}

export class Doorkeeper {
  readonly #tokens = new SecretSet(mostTokens)
  readonly #sessions = new SecretSet(mostSessions)
  readonly #cookie: string

  /** The port is in the cookie's name, so that two hosts on one machine do not overwrite each other's. */
  constructor(port: number) {
    this.#cookie = `relayscope-${port}`
  }

  /** A new token for an address. */
  issueToken(): string {
    const token = secret()
    this.#tokens.add(token)
    return token
  }

  /** The Set-Cookie header for a valid token, which is void from now on; null for any other. */
  exchange(token: string): string | null {
    if (!this.#tokens.has(token)) return null
    this.#tokens.delete(token)
    const session = secret()
    this.#sessions.add(session)
    return `${this.#cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** Whether a Cookie header (RFC 6265 §4.2) carries a session of this host. */
  admits(header: string | undefined): boolean {
    const prefix = `${this.#cookie}=`
    return (header ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .some((pair) => pair.startsWith(prefix) && this.#sessions.has(pair.slice(prefix.length)))
  }
}
