/**
 * Owns: what is stored of the users' passwords for SCRAM: derived once, when the server is set up, one after another and
 * off the main thread, so that a login costs no derivation. An unknown user is answered with a salt that looks the same
 * and stays the same, so that asking does not tell who exists (RFC 5802 §5.1, §9).
 */
import { createHmac, randomBytes } from 'node:crypto'
import { utf8 } from '#shared/bytes/bytes.ts'
import type { Hashes, ScramHash, ScramKeys } from '#shared/smtp/sasl/mechanism.ts'
import { saslprep } from '#shared/smtp/sasl/saslprep.ts'
import { keysOf } from '#shared/smtp/sasl/scramKeys.ts'
import { deriveKey } from '../dialogue/hashes.ts'

/** RFC 7677 §4: 4096 at least. More would cost every client of a test server the same time again. */
const iterations = 4096
const saltOctets = 16

export class ScramStore {
  readonly #passwords: ReadonlyMap<string, string>
  readonly #hashes: Hashes
  readonly #secret = randomBytes(32)
  readonly #made = new Map<string, Promise<ScramKeys>>()

  /** Prepared user name -> password. */
  constructor(passwords: Iterable<readonly [string, string]>, hashes: Hashes) {
    this.#passwords = new Map([...passwords].map(([user, password]) => [preparedOr(user), password]))
    this.#hashes = hashes
    if (this.#passwords.size > 0) void this.#setUp()
  }

  /** For any name; never rejects. */
  keys(user: string, hash: ScramHash): Promise<ScramKeys> {
    const name = preparedOr(user)
    const password = this.#passwords.get(name)
    return password === undefined
      ? Promise.resolve(this.#decoy(name, hash))
      : this.#stored(name, password, hash)
  }

  async #setUp(): Promise<void> {
    for (const [user, password] of this.#passwords)
      for (const hash of ['sha256', 'sha1'] as const) await this.#stored(user, password, hash)
  }

  #stored(user: string, password: string, hash: ScramHash): Promise<ScramKeys> {
    const key = `${hash} ${user}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const salt = this.#saltFor(user, hash)
    // A password that cannot be prepared is right for no client (RFC 5802 §5.1): its keys are a decoy's.
    const prepared = saslprep(password)
    const made = prepared.ok
      ? deriveKey({ hash, password: utf8(prepared.text), salt, iterations })
          .then((salted) => keysOf(salted, { salt, iterations }, hash, this.#hashes))
          .catch(() => this.#decoy(user, hash))
      : Promise.resolve(this.#decoy(user, hash))
    this.#made.set(key, made)
    return made
  }

  /** Of the name alone, so that a known and an unknown one are made alike. */
  #saltFor(user: string, hash: ScramHash): Uint8Array {
    const whole = createHmac('sha256', this.#secret).update(`${hash} ${user}`).digest()
    return new Uint8Array(whole.subarray(0, saltOctets))
  }

  /** Keys that nothing proves. */
  #decoy(user: string, hash: ScramHash): ScramKeys {
    const octets = hash === 'sha1' ? 20 : 32
    const key = () => new Uint8Array(randomBytes(octets))
    return { salt: this.#saltFor(user, hash), iterations, storedKey: key(), serverKey: key() }
  }
}

/** RFC 5802 §5.1; a name that cannot be prepared is compared as it is. */
export function preparedOr(name: string): string {
  const prepared = saslprep(name)
  return prepared.ok ? prepared.text : name
}
