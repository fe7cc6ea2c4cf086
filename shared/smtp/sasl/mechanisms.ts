/** Owns: the list of mechanisms. A further one is a file and a line here. */
import { cramMd5Client, cramMd5Server } from './cramMd5.ts'
import { externalClient, externalServer } from './external.ts'
import { loginClient, loginServer } from './login.ts'
import type {
  ClientMechanism,
  ClientSurroundings,
  Credentials,
  Hashes,
  ServerMechanism,
  ServerSurroundings,
} from './mechanism.ts'
import { oauthBearerClient, oauthBearerServer } from './oauthBearer.ts'
import { plainClient, plainServer } from './plain.ts'
import { scramClient, scramServer } from './scram.ts'
import { type ScramName, scramNames } from './scramKeys.ts'
import { xoauth2Client, xoauth2Server } from './xoauth2.ts'

export const mechanismNames = [
  'PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256-PLUS', 'XOAUTH2',
  'OAUTHBEARER', 'EXTERNAL',
] as const // prettier-ignore
export type MechanismName = (typeof mechanismNames)[number]

/** Name in the list for a name in any case, or null. */
export function mechanismName(name: string): MechanismName | null {
  const wanted = name.toUpperCase()
  return mechanismNames.find((known) => known === wanted) ?? null
}

/** As options and command lines write it. */
export const lowerName = (name: MechanismName): Lowercase<MechanismName> =>
  lowerNames.find((lower) => lower.toUpperCase() === name)!

export const lowerNames = [
  'plain', 'login', 'cram-md5', 'scram-sha-1', 'scram-sha-256', 'scram-sha-1-plus', 'scram-sha-256-plus', 'xoauth2',
  'oauthbearer', 'external',
] as const satisfies readonly Lowercase<MechanismName>[] // prettier-ignore

/** What a server mechanism is made with. */
export interface ServerParts extends ServerSurroundings {
  hashes: Hashes
  /** Fresh and unguessable for each exchange, as `<random.time@host>` (RFC 2195 §2); asked for by CRAM-MD5 only. */
  challenge(): string
}

interface Maker {
  client(credentials: Credentials, hashes: Hashes, surroundings: ClientSurroundings): ClientMechanism
  server(parts: ServerParts): ServerMechanism
}

const scram = (name: ScramName): Maker => ({
  client: (credentials, hashes, surroundings) => scramClient(name, credentials, hashes, surroundings),
  server: (parts) => scramServer(name, parts.hashes, parts),
})

const makers: Record<MechanismName, Maker> = {
  PLAIN: { client: plainClient, server: plainServer },
  LOGIN: { client: loginClient, server: loginServer },
  'CRAM-MD5': { client: cramMd5Client, server: (parts) => cramMd5Server(parts.challenge()) },
  'SCRAM-SHA-1': scram('SCRAM-SHA-1'),
  'SCRAM-SHA-256': scram('SCRAM-SHA-256'),
  'SCRAM-SHA-1-PLUS': scram('SCRAM-SHA-1-PLUS'),
  'SCRAM-SHA-256-PLUS': scram('SCRAM-SHA-256-PLUS'),
  XOAUTH2: { client: xoauth2Client, server: xoauth2Server },
  OAUTHBEARER: { client: oauthBearerClient, server: oauthBearerServer },
  EXTERNAL: { client: externalClient, server: externalServer },
}

const alone: ClientSurroundings = { binding: null, plusOffered: false }

/**
 * `name` in any case; null when unknown. Throws RangeError (without the value) for credentials it cannot carry, and for a
 * -PLUS without a channel binding.
 */
export function clientMechanism(
  name: string,
  credentials: Credentials,
  hashes: Hashes,
  surroundings: ClientSurroundings = alone,
): ClientMechanism | null {
  const known = mechanismName(name)
  return known === null ? null : makers[known].client(credentials, hashes, surroundings)
}

/** Why a mechanism cannot carry these credentials, without the value; null when it can. */
export function credentialsProblem(
  name: MechanismName,
  credentials: Credentials,
  hashes: Hashes,
): string | null {
  // Whether a binding can be had is a question of the connection.
  const binding = { type: 'tls-exporter', data: new Uint8Array(0) } as const
  try {
    makers[name].client(credentials, hashes, { binding, plusOffered: true })
    return null
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}

/** `name` in any case; null when unknown (504 5.5.4). */
export function serverMechanism(name: string, parts: ServerParts): ServerMechanism | null {
  const known = mechanismName(name)
  return known === null ? null : makers[known].server(parts)
}

/** SCRAM in any of its forms. */
export const isScram = (name: string): name is ScramName => (scramNames as readonly string[]).includes(name)
