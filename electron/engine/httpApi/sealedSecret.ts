/**
 * Owns: comparing what a client presents with a secret. In constant time through a keyed hash, so that neither the secret
 * nor its length can be told from the time.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export class SealedSecret {
  readonly #salt = randomBytes(32)
  readonly #wanted: Buffer

  constructor(secret: string) {
    this.#wanted = this.#seal(secret)
  }

  is(presented: string): boolean {
    return timingSafeEqual(this.#seal(presented), this.#wanted)
  }

  #seal(text: string): Buffer {
    return createHmac('sha256', this.#salt).update(text).digest()
  }
}
