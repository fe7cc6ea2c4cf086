/** Owns: the list of mechanisms: PLAIN, LOGIN, CRAM-MD5. A further one is a file and a line here. */
import type { ClientMechanism, Credentials, Hashes, ServerMechanism } from './mechanism.ts'

export const mechanismNames = ['PLAIN', 'LOGIN', 'CRAM-MD5'] as const
export type MechanismName = (typeof mechanismNames)[number]

/** `name` in any case; null when unknown. */
export declare function clientMechanism(
  name: string,
  credentials: Credentials,
  hashes: Hashes,
): ClientMechanism | null
/**
 * `name` in any case; null when unknown (504 5.5.4). `cramChallenge` must be fresh and unguessable for each exchange, in
 * the form `<random.time@host>` (RFC 2195 §2); the caller supplies it, this room has no randomness.
 */
export declare function serverMechanism(name: string, cramChallenge: string): ServerMechanism | null
