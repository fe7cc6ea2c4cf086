/** Owns: Node's HMAC in the shape that shared/smtp/sasl asks for. */
import { createHmac } from 'node:crypto'
import type { Hashes } from '#shared/smtp/sasl/mechanism.ts'

export const hashes: Hashes = {
  hmac: (algorithm, key, data) => new Uint8Array(createHmac(algorithm, key).update(data).digest()),
}
