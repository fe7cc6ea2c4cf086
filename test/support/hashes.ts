/** Owns: Node's digests in the shape that shared/smtp/sasl asks for, and PBKDF2 at once. */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import type { Derivation, Hashes } from '#shared/smtp/sasl/mechanism.ts'

export const hashes: Hashes = {
  hmac: (algorithm, key, data) => new Uint8Array(createHmac(algorithm, key).update(data).digest()),
  hash: (algorithm, data) => new Uint8Array(createHash(algorithm).update(data).digest()),
  nonce: () => randomBytes(24).toString('base64'),
}

export const derive = ({ hash, password, salt, iterations }: Derivation): Uint8Array =>
  new Uint8Array(pbkdf2Sync(password, salt, iterations, hash === 'sha1' ? 20 : 32, hash))
