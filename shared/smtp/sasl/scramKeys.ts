/** Owns: the keys and signatures of SCRAM (RFC 5802 §3), from a salted password on; which hash a mechanism has. */
import { utf8 } from '../../bytes/bytes.ts'
import type { Hashes, ScramHash, ScramKeys } from './mechanism.ts'

export const scramNames = ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256', 'SCRAM-SHA-1'] as const
export type ScramName = (typeof scramNames)[number]

export const hashOf = (name: ScramName): ScramHash => (name.startsWith('SCRAM-SHA-256') ? 'sha256' : 'sha1')
export const isPlus = (name: ScramName): boolean => name.endsWith('-PLUS')

/** What a server stores for a password that was salted with `salt` in `iterations` rounds. */
export function keysOf(
  salted: Uint8Array,
  { salt, iterations }: Pick<ScramKeys, 'salt' | 'iterations'>,
  hash: ScramHash,
  hashes: Hashes,
): ScramKeys {
  const storedKey = hashes.hash(hash, clientKey(salted, hash, hashes))
  const serverKey = hashes.hmac(hash, salted, utf8('Server Key'))
  return { salt, iterations, storedKey, serverKey }
}

const clientKey = (salted: Uint8Array, hash: ScramHash, hashes: Hashes): Uint8Array =>
  hashes.hmac(hash, salted, utf8('Client Key'))

/** ClientKey XOR ClientSignature. */
export function proofOf(
  salted: Uint8Array,
  authMessage: Uint8Array,
  hash: ScramHash,
  hashes: Hashes,
): Uint8Array {
  const key = clientKey(salted, hash, hashes)
  return xor(key, hashes.hmac(hash, hashes.hash(hash, key), authMessage))
}

/** Whether who made this proof knew the password. Takes as long for a wrong proof as for a right one. */
export function provesPassword(
  proof: Uint8Array,
  { storedKey }: Pick<ScramKeys, 'storedKey'>,
  authMessage: Uint8Array,
  hash: ScramHash,
  hashes: Hashes,
): boolean {
  const signature = hashes.hmac(hash, storedKey, authMessage)
  if (proof.length !== signature.length) return false
  return sameOctets(hashes.hash(hash, xor(proof, signature)), storedKey)
}

/** ServerSignature. */
export const signatureOf = (
  serverKey: Uint8Array,
  authMessage: Uint8Array,
  hash: ScramHash,
  hashes: Hashes,
): Uint8Array => hashes.hmac(hash, serverKey, authMessage)

/** ServerSignature as a client computes it. */
export const expectedSignature = (
  salted: Uint8Array,
  authMessage: Uint8Array,
  hash: ScramHash,
  hashes: Hashes,
): Uint8Array => signatureOf(hashes.hmac(hash, salted, utf8('Server Key')), authMessage, hash, hashes)

/** In a time that tells only the lengths. */
export function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((octet, i) => octet ^ b[i]!)
