/** Owns: Node's cryptography in the shape that shared/smtp/sasl asks for. */
import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto'
import type { Derivation, Hashes, ScramHash } from '#shared/smtp/sasl/mechanism.ts'

/** `md5` only for CRAM-MD5, which the user chose or the server left nothing better to. */
export const hashes: Hashes = {
  hmac: (algorithm, key, data) => new Uint8Array(createHmac(algorithm, key).update(data).digest()),
  hash: (algorithm, data) => new Uint8Array(createHash(algorithm).update(data).digest()),
  nonce: () => randomBytes(24).toString('base64'),
}

const lengths: Record<ScramHash, number> = { sha1: 20, sha256: 32 }

/** In a thread of its own: a million rounds take about a second, and nothing waits for them but this exchange. */
export const deriveKey = ({ hash, password, salt, iterations }: Derivation): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    pbkdf2(password, salt, iterations, lengths[hash], hash, (error, key) =>
      error === null ? resolve(new Uint8Array(key)) : reject(error),
    )
  })
