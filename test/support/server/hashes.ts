/** Owns: the digests that the host supplies to the machines, from node:crypto. */
import { createHmac } from 'node:crypto'
import type { Hashes } from '#shared/smtp/machine/options.ts'

export const hashes: Hashes = {
  hmac: (algorithm, key, data) => new Uint8Array(createHmac(algorithm, key).update(data).digest()),
}
