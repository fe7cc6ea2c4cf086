/** Owns: the list of mechanisms: PLAIN, LOGIN, CRAM-MD5. A further one is a file and a line here. */
import { cramMd5Client, cramMd5Server } from './cramMd5.ts'
import { loginClient, loginServer } from './login.ts'
import type { ClientMechanism, Credentials, Hashes, ServerMechanism } from './mechanism.ts'
import { plainClient, plainServer } from './plain.ts'

export const mechanismNames = ['PLAIN', 'LOGIN', 'CRAM-MD5'] as const
export type MechanismName = (typeof mechanismNames)[number]

/** Name in the list for a name in any case, or null. */
export function mechanismName(name: string): MechanismName | null {
  const wanted = name.toUpperCase()
  return mechanismNames.find((known) => known === wanted) ?? null
}

interface Maker {
  client(credentials: Credentials, hashes: Hashes): ClientMechanism
  server(cramChallenge: string): ServerMechanism
}

const makers: Record<MechanismName, Maker> = {
  PLAIN: { client: plainClient, server: plainServer },
  LOGIN: { client: loginClient, server: loginServer },
  'CRAM-MD5': { client: cramMd5Client, server: cramMd5Server },
}

/** `name` in any case; null when unknown. Throws RangeError (without the value) for credentials it cannot carry. */
export function clientMechanism(
  name: string,
  credentials: Credentials,
  hashes: Hashes,
): ClientMechanism | null {
  const known = mechanismName(name)
  return known === null ? null : makers[known].client(credentials, hashes)
}

/**
 * `name` in any case; null when unknown (504 5.5.4). `cramChallenge` must be fresh and unguessable for each exchange, in
 * the form `<random.time@host>` (RFC 2195 §2); the caller supplies it, this room has no randomness.
 */
export function serverMechanism(name: string, cramChallenge: string): ServerMechanism | null {
  const known = mechanismName(name)
  return known === null ? null : makers[known].server(cramChallenge)
}
