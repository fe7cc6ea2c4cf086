/** Owns: profiles of the Send form as the page sees them: names, files of them, and whether the form still is one. */
import { z } from 'zod'
import { profileLimits, type Profile } from '#shared/rpc/contract/profile.ts'
import { Draft, readDraft } from './compose.ts'
import { withoutKeys } from './pem.ts'

const format = 'relayscope-profiles'
const version = 1
/** Characters of a file that is read. */
export const mostFileText = 16 << 20

/** Exactly what is saved of a form: by allow-list, and never a secret. */
export const valuesOf = (draft: Draft): Profile['values'] => ({
  ...Draft.parse(draft),
  ca: withoutKeys(draft.ca),
  clientCert: withoutKeys(draft.clientCert),
})

/** The form as the profile has it. Stepping is how one works, not where one sends to. */
export const draftOf = ({ values }: Pick<Profile, 'values'>, step = false): Draft => ({
  ...readDraft(values),
  step,
})

/** The form is no longer what the profile says. */
export const isChanged = (draft: Draft, profile: Pick<Profile, 'values'>): boolean =>
  JSON.stringify({ ...Draft.parse(draft), step: false }) !== JSON.stringify(draftOf(profile))

/** A name that no other has: with "copy", then with a number. Upper and lower case are one. */
export function freeName(wanted: string, names: readonly string[]): string {
  const taken = new Set(names.map((name) => name.toLowerCase()))
  const base = wanted.trim().slice(0, profileLimits.name - 8) || 'Profile'
  for (let count = 1; count <= names.length + 1; count++) {
    const name = count === 1 ? base : `${base} ${count}`
    if (!taken.has(name.toLowerCase())) return name
  }
  return base
}

export const copyName = (name: string, names: readonly string[]): string => freeName(`${name} copy`, names)

/** What a new profile would be called: by its user and host. */
export const suggestedName = ({ host, user }: Pick<Draft, 'host' | 'user'>): string =>
  [host.trim(), user.trim()].filter(Boolean).join(', ') || 'New profile'

/** A file of profiles, without secrets. */
export const profilesFile = (profiles: readonly Pick<Profile, 'name' | 'values'>[]): string =>
  `${JSON.stringify({ format, version, profiles: profiles.map(({ name, values }) => ({ name, values: valuesOf(readDraft(values)) })) }, null, 2)}\n` // prettier-ignore

const Head = z.object({ format: z.literal(format), version: z.number() })
const File = z.object({
  profiles: z
    .array(z.object({ name: z.string().trim().min(1).max(profileLimits.name), values: z.record(z.string(), z.unknown()) }))
    .min(1)
    .max(profileLimits.count),
}) // prettier-ignore

export type ReadProfiles =
  { ok: true; profiles: { name: string; draft: Draft }[] } | { ok: false; problem: string }

const wrong = (problem: string): ReadProfiles => ({ ok: false, problem })

/** Reads a file of profiles; a wrong one is answered in words. A value that this version does not know is left out. */
export function readProfilesFile(fileName: string, text: string): ReadProfiles {
  const file = `“${fileName.slice(0, 80)}”`
  if (text.length > mostFileText) return wrong(`${file} is too large for a file of profiles.`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return wrong(`${file} is not JSON. Choose a file that Relayscope exported.`)
  }
  const head = Head.safeParse(json)
  if (!head.success) return wrong(`${file} is no file of profiles: it has no “format”: “${format}”.`)
  if (head.data.version !== version)
    return wrong(`${file} has version ${head.data.version}; this Relayscope reads version ${version}. A newer one may read it.`) // prettier-ignore
  const read = File.safeParse(json)
  if (!read.success) {
    const [issue] = read.error.issues
    const place = issue?.path.map(String).join('.') ?? ''
    return wrong(`${file} cannot be read at ${place === '' ? 'its profiles' : place}: ${issue?.message ?? 'it is not as expected'}.`) // prettier-ignore
  }
  return {
    ok: true,
    profiles: read.data.profiles.map(({ name, values }) => ({ name, draft: readDraft(values) })),
  }
}
