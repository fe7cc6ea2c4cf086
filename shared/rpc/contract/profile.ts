/**
 * Owns: named forms of the Send room that are kept. Their secrets go to the engine and never come back: a request names
 * the profile, and the engine fills in what it has kept for it.
 */
import { z } from 'zod'
import { FieldProblem } from './fieldProblem.ts'
import { call, nothing } from './kinds.ts'

export const secretNames = ['password', 'clientKey', 'passphrase', 'dkimKey'] as const
export type SecretName = (typeof secretNames)[number]

/** Profiles kept at most, and octets of the values of one of them as JSON. */
export const profileLimits = { count: 200, octets: 1 << 20, name: 100 } as const

const ProfileId = z.string().regex(/^[\w-]{1,64}$/, 'letters, digits, - and _, at most 64')

export const Profile = z.object({
  id: ProfileId,
  name: z.string(),
  /** What the form held, as the page wrote it. The page parses it again. */
  values: z.record(z.string(), z.json()),
  /** Which secrets are kept for it. */
  kept: z.array(z.enum(secretNames)),
})
export type Profile = z.infer<typeof Profile>

const secret = z.string().max(100_000)

/** Secrets to keep; `null` forgets one, an absent one stays as it is. */
export const KeptSecrets = z.object({
  /** A password or token goes to nobody but this host, for this user. */
  password: z
    .object({ value: secret.min(1), host: z.string(), user: z.string() })
    .nullable()
    .optional(),
  clientKey: secret.min(1).nullable().optional(),
  passphrase: secret.min(1).nullable().optional(),
  dkimKey: secret.min(1).nullable().optional(),
})
export type KeptSecrets = z.infer<typeof KeptSecrets>

const refused = z.object({ ok: z.literal(false), problems: z.array(FieldProblem) })

export const profile = {
  /** `keeps`: where secrets are; in `memory` they are gone when the program ends. */
  'profile.list': call(
    nothing,
    z.object({ profiles: z.array(Profile), keeps: z.enum(['keychain', 'memory']) }),
  ),
  /** Adds one, or replaces the one of this id. `secretsOf` copies the secrets of another profile (a duplicate). */
  'profile.save': call(
    z.object({
      id: ProfileId,
      name: z.string(),
      values: z.record(z.string(), z.json()),
      secrets: KeptSecrets.default({}),
      secretsOf: ProfileId.optional(),
    }),
    z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), profile: Profile }), refused]),
  ),
  /** Its secrets are out of the keychain at once; until the program ends it can be restored. */
  'profile.remove': call(z.object({ id: ProfileId }), z.object({ removed: z.boolean() })),
  'profile.restore': call(z.object({ id: ProfileId }), z.object({ restored: z.boolean() })),
}
