/**
 * Owns: the relay's rules and settings in the store, and their secrets in the keychain. Settings hold no secret: the policy
 * has no place for one, and a kept text is masked.
 */
import { z } from 'zod'
import { withoutSecrets } from '#shared/relay/notation/conceal.ts'
import { maskNotation } from '#shared/relay/notation/mask.ts'
import { RelayPolicy, type Smarthost } from '#shared/relay/policy.ts'
import { RelaySettings } from '#shared/rpc/contract/relay.ts'
import type { Log, Secrets } from '../../ports.ts'
import { saveWithSecrets } from '../../secretChange.ts'
import type { Store } from '../../store/types.ts'

const rulesKey = 'relay.rules'
const settingsKey = 'relay.settings'
const secretsKey = 'relay.secrets'

/**
 * `text`: as a person wrote it, or as it was written of what a form gave; masked. `folder`: where its paths begin that are
 * not whole; those of the policy are.
 */
const SavedRules = z.object({ policy: RelayPolicy, text: z.string(), folder: z.string().optional() })
export type SavedRules = z.infer<typeof SavedRules>
const SavedSecrets = z.array(z.tuple([z.string(), z.string()]))

/** What the desk keeps. `rules` null: nobody has set any. */
export interface Kept {
  rules: SavedRules | null
  settings: RelaySettings
  secrets: ReadonlyMap<string, string>
  /** The keychain did not answer: `secrets` are not all there are. */
  locked?: true
}

/** Mail goes to its destinations, of which none is allowed until a person does that. */
export const defaultSettings = (): RelaySettings => ({ delivery: { to: 'allowed' }, paused: false })

/** Undefined when there is nothing, null when it is not of that shape. */
function parse<T>(schema: z.ZodType<T>, text: string | null): T | null | undefined {
  if (text === null) return undefined
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/**
 * An earlier program knew fewer misspelt names of secrets, and kept what stood behind them. The same object where nothing is
 * to be taken out.
 */
function masked(rules: SavedRules): SavedRules {
  const [policy, text] = [withoutSecrets(rules.policy), maskNotation(rules.text)]
  return policy === rules.policy && text === rules.text ? rules : { ...rules, policy, text }
}

/** What cannot be read is told and left out: without rules nobody may relay. */
export async function loadKept(
  store: Pick<Store, 'getSetting' | 'putSetting'>,
  secrets: Secrets,
  log: Log,
): Promise<Kept> {
  const saved = parse(SavedRules, await store.getSetting(rulesKey))
  const rules = saved && masked(saved)
  // A disk that cannot be written keeps nothing from opening.
  if (rules && rules !== saved) await store.putSetting(rulesKey, JSON.stringify(rules)).catch((error: unknown) => log('error', 'The saved rules of the relay hold what looks like a password, and could not be written without it', { reason: String(error) })) // prettier-ignore
  if (rules === null) log('warn', 'The saved rules of the relay cannot be read; there are none')
  const settings = parse(RelaySettings, await store.getSetting(settingsKey))
  if (settings === null) log('warn', 'The saved settings of the relay cannot be read; it is paused')
  const values = await readSecrets(secrets).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    log('error', 'The passwords of the relay could not be read: nobody can sign in there for now', { reason })
    return null
  })
  return {
    rules: rules ?? null,
    // Where mail would have gone is not known: it waits for a person.
    settings: settings === null ? { ...defaultSettings(), paused: true } : (settings ?? defaultSettings()),
    secrets: values ?? new Map<string, string>(),
    ...(values === null ? { locked: true } : {}),
  }
}

async function readSecrets(secrets: Secrets): Promise<Map<string, string>> {
  return new Map(parse(SavedSecrets, await secrets.get(secretsKey)) ?? [])
}

/** Before a change: what a keychain kept must not be lost because it was locked at the start. Rejects while it still is. */
export async function unlocked(kept: Kept, secrets: Secrets): Promise<Kept> {
  if (kept.locked === undefined) return kept
  const { rules, settings } = kept
  return { rules, settings, secrets: await readSecrets(secrets) }
}

/** Both or neither. */
async function save(kept: Kept, put: () => Promise<void>, secrets: Secrets): Promise<void> {
  const value = kept.secrets.size === 0 ? null : JSON.stringify([...kept.secrets])
  await saveWithSecrets(secrets, new Map([[secretsKey, value]]), put)
}

export const saveRules = (kept: Kept, store: Pick<Store, 'putSetting'>, secrets: Secrets): Promise<void> =>
  save(kept, () => store.putSetting(rulesKey, JSON.stringify(kept.rules)), secrets)

export const saveSettings = (kept: Kept, store: Pick<Store, 'putSetting'>, secrets: Secrets): Promise<void> =>
  save(kept, () => store.putSetting(settingsKey, JSON.stringify(kept.settings)), secrets)

/** Of the one host that everything goes to. */
export const hostSecret = 'host'

const smarthostsOf = ({ domains, virtualMtas }: RelayPolicy): Smarthost[] =>
  [...domains, ...virtualMtas.flatMap((mta) => mta.domains)].flatMap(({ smarthost }) => smarthost ?? [])

/** Names of the passwords that a policy asks for, each once. */
export function wantedSecrets(policy: RelayPolicy): string[] {
  const users = policy.users.flatMap(({ name, method }) => (method === 'password' ? [`user ${name}`] : []))
  const hosts = smarthostsOf(policy).flatMap(({ user }) => (user === undefined ? [] : [`smarthost ${user}`]))
  return [...new Set([...users, ...hosts])]
}

const hostsFor = (policy: RelayPolicy, user: string): string[] =>
  smarthostsOf(policy).flatMap((one) =>
    one.user === user ? [`${one.host.toLowerCase()}:${one.port} ${one.tls}`] : [],
  )

/** A password was given for one server: rules that name another by the same user do not take it there. */
function sameServers(name: string, before: RelayPolicy, after: RelayPolicy): boolean {
  if (!name.startsWith('smarthost ')) return true
  const user = name.slice('smarthost '.length)
  const known = new Set(hostsFor(before, user))
  return hostsFor(after, user).every((host) => known.has(host))
}

export interface Renamed {
  from: string
  to: string
}

const has = ({ users }: RelayPolicy, wanted: string): boolean => users.some(({ name }) => name === wanted)

/** By which the password of this name is kept: that of a user who is there no more goes along to a new name, and to no second user. */
function keptName(
  name: string,
  before: RelayPolicy,
  after: RelayPolicy,
  renamed: Renamed | undefined,
): string {
  if (renamed === undefined || name !== `user ${renamed.to}`) return name
  return has(after, renamed.from) || has(before, renamed.to) ? name : `user ${renamed.from}`
}

/** The secrets that rules have: those given, else those kept for the same user or server; no others. */
export function secretsFor(
  { rules, secrets }: Kept,
  policy: RelayPolicy,
  given: ReadonlyMap<string, string>,
  renamed?: Renamed,
): Map<string, string> {
  const own = new Map<string, string>()
  const host = secrets.get(hostSecret)
  if (host !== undefined) own.set(hostSecret, host)
  for (const name of wantedSecrets(policy)) {
    const kept =
      rules !== null && sameServers(name, rules.policy, policy)
        ? secrets.get(keptName(name, rules.policy, policy, renamed))
        : undefined
    const value = given.get(name) ?? kept
    if (value !== undefined) own.set(name, value)
  }
  return own
}

/** As `user foo`: nobody can sign in by that name, or mail cannot go that way, until a password is given. */
export const missingSecrets = (policy: RelayPolicy, secrets: ReadonlyMap<string, string>): string[] =>
  wantedSecrets(policy).filter((name) => !secrets.has(name))
