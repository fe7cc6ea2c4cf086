/**
 * Owns: the kept profiles of the Send form and their secrets. Values are in the store, secrets in the host's keychain (or
 * its memory), one entry for each profile. What was removed stays in this process, so that removing can be undone.
 */
import { z } from 'zod'
import {
  type KeptSecrets,
  Profile,
  profileLimits,
  secretNames,
  type SecretName,
} from '#shared/rpc/contract/profile.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { Log, Secrets } from '../ports.ts'
import type { Store } from '../store/types.ts'

const settingKey = 'send.profiles'
/** Removed ones that can still be restored. */
const binSize = 20

const Saved = z.array(Profile.omit({ kept: true }))
type SavedProfile = z.infer<typeof Saved>[number]

export const ProfileSecrets = z.object({
  password: z.object({ value: z.string(), host: z.string(), user: z.string() }).optional(),
  clientKey: z.string().optional(),
  passphrase: z.string().optional(),
  dkimKey: z.string().optional(),
})
export type ProfileSecrets = z.infer<typeof ProfileSecrets>

export interface ProfileChange {
  id: string
  name: string
  values: Profile['values']
  secrets: KeptSecrets
  secretsOf?: string | undefined
}

export type SaveAnswer = { ok: true; profile: Profile } | { ok: false; problems: FieldProblem[] }

interface Removed {
  profile: SavedProfile
  secrets: ProfileSecrets
  place: number
}

export interface ProfilesOptions {
  store: Pick<Store, 'getSetting' | 'putSetting'>
  secrets: Secrets
  log: Log
}

export class Profiles {
  readonly #options: ProfilesOptions
  #saved: SavedProfile[] | null = null
  readonly #bin = new Map<string, Removed>()
  /** One change after the other: two at once would lose one of them. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: ProfilesOptions) {
    this.#options = options
  }

  get keeps(): Secrets['kind'] {
    return this.#options.secrets.kind
  }

  async list(): Promise<Profile[]> {
    const saved = await this.#load()
    return Promise.all(saved.map((one) => this.#withKept(one)))
  }

  /** Of a profile that is kept; null for one that is not known. */
  async secretsOf(id: string): Promise<ProfileSecrets | null> {
    const saved = await this.#load()
    return saved.some((one) => one.id === id) ? this.#secrets(id) : null
  }

  save(change: ProfileChange): Promise<SaveAnswer> {
    return this.#inTurn(async () => {
      const saved = await this.#load()
      const problems = problemsOf(change, saved)
      if (problems.length > 0) return { ok: false, problems }
      const { id, values } = change
      const next = { id, name: change.name.trim(), values }
      const before = change.secretsOf ?? id
      await this.#keepSecrets(id, merged(await this.#secrets(before), change.secrets))
      const known = saved.some((one) => one.id === id)
      await this.#put(known ? saved.map((one) => (one.id === id ? next : one)) : [...saved, next])
      return { ok: true, profile: await this.#withKept(next) }
    })
  }

  remove(id: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const saved = await this.#load()
      const place = saved.findIndex((one) => one.id === id)
      const profile = saved[place]
      if (profile === undefined) return false
      const secrets = await this.#secrets(id)
      await this.#put(saved.filter((one) => one !== profile))
      await this.#keepSecrets(id, {})
      this.#bin.set(id, { profile, secrets, place })
      const [oldest] = this.#bin.keys()
      if (this.#bin.size > binSize && oldest !== undefined) this.#bin.delete(oldest)
      return true
    })
  }

  restore(id: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const removed = this.#bin.get(id)
      const saved = await this.#load()
      if (removed === undefined || saved.some((one) => one.id === id)) return false
      await this.#keepSecrets(id, removed.secrets)
      await this.#put(saved.toSpliced(removed.place, 0, removed.profile))
      this.#bin.delete(id)
      return true
    })
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#last.then(change)
    this.#last = done.catch(() => {})
    return done
  }

  async #load(): Promise<SavedProfile[]> {
    if (this.#saved !== null) return this.#saved
    const text = await this.#options.store.getSetting(settingKey)
    this.#saved ??= readSaved(text, this.#options.log)
    return this.#saved
  }

  async #put(saved: SavedProfile[]): Promise<void> {
    await this.#options.store.putSetting(settingKey, JSON.stringify(saved))
    this.#saved = saved
  }

  async #secrets(id: string): Promise<ProfileSecrets> {
    const text = await this.#options.secrets.get(nameOf(id))
    return ProfileSecrets.safeParse(text === null ? {} : parseJson(text)).data ?? {}
  }

  async #keepSecrets(id: string, secrets: ProfileSecrets): Promise<void> {
    if (Object.values(secrets).some((value) => value !== undefined))
      await this.#options.secrets.set(nameOf(id), JSON.stringify(secrets))
    else await this.#options.secrets.remove(nameOf(id))
  }

  async #withKept(saved: SavedProfile): Promise<Profile> {
    const secrets = await this.#secrets(saved.id)
    return { ...saved, kept: secretNames.filter((name: SecretName) => secrets[name] !== undefined) }
  }
}

const nameOf = (id: string): string => `send.profile.${id}`

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function readSaved(text: string | null, log: Log): SavedProfile[] {
  if (text === null) return []
  const read = Saved.safeParse(parseJson(text))
  if (!read.success) log('warn', 'The kept profiles cannot be read; the list begins anew')
  return read.data ?? []
}

/** `null` forgets, absent leaves. */
const pick = <T>(next: T | null | undefined, old: T | undefined): T | undefined =>
  next === undefined ? old : (next ?? undefined)

function merged(
  before: ProfileSecrets,
  { password, clientKey, passphrase, dkimKey }: KeptSecrets,
): ProfileSecrets {
  return {
    password: pick(password, before.password),
    clientKey: pick(clientKey, before.clientKey),
    passphrase: pick(passphrase, before.passphrase),
    dkimKey: pick(dkimKey, before.dkimKey),
  }
}

function problemsOf({ id, name, values }: ProfileChange, saved: readonly SavedProfile[]): FieldProblem[] {
  const typed = name.trim()
  const say = (message: string): FieldProblem[] => [{ field: 'name', value: typed.slice(0, 100), message }]
  if (typed === '') return say('The name is empty. Give the profile a name, such as “Harbour, orders”.')
  if (typed.length > profileLimits.name || /\p{Cc}/u.test(typed))
    return say(
      `The name is too long or has a line end. Write at most ${profileLimits.name} characters on one line.`,
    )
  const others = saved.filter((one) => one.id !== id)
  if (others.some((one) => one.name.toLowerCase() === typed.toLowerCase()))
    return say(`“${typed}” is the name of another profile. Choose another name.`)
  if (others.length >= profileLimits.count)
    return say(`${profileLimits.count} profiles are kept already. Delete one first.`)
  const octets = Buffer.byteLength(JSON.stringify(values))
  if (octets > profileLimits.octets)
    return say(
      `This form is too large to keep (${octets} octets, at most ${profileLimits.octets}). Shorten its text.`,
    )
  return []
}
