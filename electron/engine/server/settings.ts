/**
 * Owns: the saved rules of the local server. Passwords go to the keychain (Secrets) and nowhere else; the settings in
 * the store hold the users' names only.
 */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { ListenerConfig, ServerConfig } from '#shared/rpc/contract/server.ts'
import type { Log, Secrets } from '../ports.ts'
import { saveWithSecrets } from '../secretChange.ts'
import type { Store } from '../store/types.ts'
import type { Account } from './accounts.ts'
import { listenerProblems } from './listenerProblems.ts'
import { listenAddress } from './listenProblem.ts'
import type { Token } from './tokens.ts'
import type { ConfigChange } from './types.ts'

export interface Rules {
  name: string
  listeners: ListenerConfig[]
  limits: ServerConfig['limits']
  accounts: Account[]
  /** Absent: none. */
  tokens?: Token[] | undefined
  /** Of this list of users and tokens, new with every change of it; absent: saved by a version without. */
  mark?: string | undefined
}

/**
 * The list that the secrets are of. Where a keychain comes back after runs without one, its secrets are of an older list:
 * by name or place, a password that was changed and a token that was taken away would be right again, even for somebody else.
 */
const markKey = 'server.mark'
const tokensKey = 'server.tokens'
const settingKey = 'server.rules'
const secretKey = 'server.users'

/** Names only: this shape has no place for a password. */
const Saved = z.object({
  name: z.string(),
  listeners: z.array(ListenerConfig),
  limits: ServerConfig.shape.limits,
  users: z.array(z.string()),
  tokens: z.array(z.object({ user: z.string(), expiresAt: z.string().optional() })).optional(),
  mark: z.string().optional(),
})
const Tokens = z.array(z.string().nullable())
const Passwords = z.array(z.tuple([z.string(), z.string()]))

const defaults: z.input<typeof ListenerConfig>[] = [
  { port: 2525, tls: 'starttls', auth: 'optional' },
  { port: 2587, tls: 'starttls-required', auth: 'required', authOnlyAfterTls: true },
  { port: 2465, tls: 'implicit', auth: 'optional' },
]

export const defaultRules = (): Rules => rulesOf(ServerConfig.parse({ listeners: defaults }))

export const rulesOf = ({ name, listeners, limits, users, tokens = [] }: ServerConfig): Rules => ({
  name,
  listeners,
  limits,
  accounts: users,
  ...(tokens.length > 0 ? { tokens } : {}),
  mark: randomUUID(),
})

/** What is not in the change stays; a user without a password keeps the one there was. */
export function changed(rules: Rules, change: ConfigChange): Rules {
  const passwords = new Map(rules.accounts.map(({ user, password }) => [user, password]))
  return {
    name: change.name ?? rules.name,
    listeners: change.listeners ?? rules.listeners,
    limits: changedLimits(rules.limits, change.limits),
    accounts:
      change.users?.map(({ user, password }) => ({
        user,
        password: password ?? passwords.get(user) ?? null,
      })) ?? rules.accounts,
    tokens: change.tokens === undefined ? rules.tokens : keptTokens(rules.tokens ?? [], change.tokens),
    mark: change.users === undefined && change.tokens === undefined ? rules.mark : randomUUID(),
  }
}

/** Null takes a limit away. */
function changedLimits(limits: Rules['limits'], change: ConfigChange['limits'] = {}): Rules['limits'] {
  const all = Object.entries({ ...limits, ...change }).filter(([, most]) => most !== null)
  return ServerConfig.shape.limits.parse(Object.fromEntries(all))
}

/**
 * A user may have several: one without a token keeps that at its place before, `keeps`. Where none is named and one of
 * the user's is missing, nobody can tell which was taken away: none is kept, for a revoked token must not stay valid.
 */
function keptTokens(before: readonly Token[], after: NonNullable<ConfigChange['tokens']>): Token[] {
  const places = new Map<string, number>()
  const silent = (user: string) =>
    after.filter((one) => one.user === user && one.token === undefined && one.keeps === undefined).length
  const inOrder = (user: string): string | null => {
    const own = before.filter((one) => one.user === user)
    const place = places.get(user) ?? 0
    places.set(user, place + 1)
    return own.length === silent(user) ? (own[place]?.token ?? null) : null
  }
  const named = (user: string, place: number): string | null => {
    const one = before[place]
    return one?.user === user ? one.token : null
  }
  return after.map(({ user, token, keeps, expiresAt }) => {
    const kept = token ?? (keeps === undefined ? inOrder(user) : named(user, keeps))
    return { user, token: kept, ...(expiresAt === undefined ? {} : { expiresAt }) }
  })
}

/** RFC 5321 §4.1.2: what may stand in a greeting. Anything else would let a name break the reply line. */
const hostName = /^(?=.{1,255}$)(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$|^\[[0-9a-fv:.]+\]$/iu // prettier-ignore

/** Problems that forbid the whole change; `certificates` are the names of those that were given. What keeps one listener from running is told in its status instead. */
export function rulesProblems(rules: Rules, certificates: readonly string[] = []): FieldProblem[] {
  const problems: FieldProblem[] = []
  const say = (field: string, value: string, message: string) => problems.push({ field, value, message })
  if (!hostName.test(rules.name))
    say('name', rules.name.slice(0, 100), 'is not a host name; write one such as relayscope.localhost')
  problems.push(...rules.listeners.flatMap((listener, i) => listenerProblems(listener, i, certificates)))
  rules.tokens?.forEach(({ token }, i) => {
    if (token !== null && !/^[\x21-\x7e]{1,10000}$/.test(token))
      say(
        `tokens[${i}].token`,
        '********',
        'has a space or another character that no token has (RFC 6750 §2.1)',
      )
  })
  const seen = new Set<string>()
  rules.accounts.forEach(({ user }, i) => {
    if (seen.has(user)) say(`users[${i}].user`, user, 'stands twice; every user has one entry')
    if (/\p{Cc}/u.test(user)) say(`users[${i}].user`, JSON.stringify(user), 'has a control character')
    seen.add(user)
  })
  return problems
}

/** Users who cannot log in: a new one without a password, or one whose password was in memory only. */
export const missingPasswords = (rules: Rules): FieldProblem[] =>
  rules.accounts.flatMap(({ user, password }, i) => {
    const message = `${user} has no saved password and cannot log in; give one`
    return password === null ? [{ field: `users[${i}].password`, value: '', message }] : []
  })

/**
 * Of a change, what it leaves without a secret that it ought to give. What was lost before the change stays lost: else a
 * list of two lost users could be neither mended one by one nor emptied.
 */
export function missingSecrets(before: Rules, after: Rules, { users, tokens }: ConfigChange): FieldProblem[] {
  const lost = new Set(lostUsers(before))
  const lostBefore = (place: number): boolean => {
    const keeps = tokens?.[place]?.keeps
    const one = keeps === undefined ? undefined : before.tokens?.[keeps]
    return one?.token === null && one.user === tokens?.[place]?.user
  }
  const silent = lostUsers(after)
  const passwords = missingPasswords(after).filter((_problem, i) => !lost.has(silent[i] ?? ''))
  const places = (after.tokens ?? []).flatMap(({ token }, i) => (token === null ? [i] : []))
  const values = missingTokens(after).filter((_problem, i) => !lostBefore(places[i] ?? -1))
  return [...(users === undefined ? [] : passwords), ...(tokens === undefined ? [] : values)]
}

/** Who cannot sign in with a password until a new one is given. */
export const lostUsers = ({ accounts }: Rules): string[] =>
  accounts.flatMap(({ user, password }) => (password === null ? [user] : []))

/** Tokens that were in memory only, or are new and empty. */
export const missingTokens = ({ tokens = [] }: Rules): FieldProblem[] =>
  tokens.flatMap(({ user, token }, i) => {
    const message = `${user} has no saved token here; give it again, or take the entry out`
    return token === null ? [{ field: `tokens[${i}].token`, value: '', message }] : []
  })

/** The saved rules; null when there are none. Settings that cannot be read are told and left out. */
export async function loadRules(
  store: Pick<Store, 'getSetting'>,
  secrets: Secrets,
  log: Log,
): Promise<Rules | null> {
  const saved = parse(Saved, await store.getSetting(settingKey))
  if (saved === undefined) return null
  if (saved === null) {
    log('warn', 'The saved rules of the local server cannot be read; the defaults are used')
    return null
  }
  const { users, tokens, ...rest } = saved
  const current = saved.mark === undefined || saved.mark === (await secrets.get(markKey))
  const kept = async (key: string) => (current ? await secrets.get(key) : null)
  const passwords = new Map(parse(Passwords, await kept(secretKey)) ?? [])
  const accounts = users.map((user) => ({ user, password: passwords.get(user) ?? null }))
  if (tokens === undefined) return { ...rest, accounts }
  const values = parse(Tokens, await kept(tokensKey)) ?? []
  return { ...rest, accounts, tokens: tokens.map((one, i) => ({ ...one, token: values[i] ?? null })) }
}

/** Address and port of each listener that a person let other machines reach. */
export const allowedPlaces = ({ listeners }: Pick<Rules, 'listeners'>): Set<string> =>
  new Set(listeners.flatMap((one) => (one.allowOutside ? [placeOf(one)] : [])))

/**
 * A command's consent is for its own run: saved is only what a person had allowed before, at this very address and port, in
 * a window on the same data folder. Else a window would later open what nobody ever allowed there.
 */
export const withoutConsent = (rules: Rules, allowed: ReadonlySet<string>): Rules => ({
  ...rules,
  listeners: rules.listeners.map((one) => ({ ...one, allowOutside: one.allowOutside && allowed.has(placeOf(one)) })),
}) // prettier-ignore

const placeOf = ({ address, port }: ListenerConfig): string => `${listenAddress(address)} ${port}`

export async function saveRules(
  rules: Rules,
  store: Pick<Store, 'putSetting'>,
  secrets: Secrets,
): Promise<void> {
  const { accounts, tokens = [], mark, ...rest } = rules
  const named = accounts.length + tokens.length > 0
  const passwords = accounts.flatMap(({ user, password }): [string, string][] =>
    password === null ? [] : [[user, password]],
  )
  const wanted = new Map([
    [secretKey, passwords.length > 0 ? JSON.stringify(passwords) : null],
    [tokensKey, tokens.length > 0 ? JSON.stringify(tokens.map(({ token }) => token)) : null],
    [markKey, named ? (mark ?? null) : null],
  ])
  const saved: z.infer<typeof Saved> = {
    ...rest,
    users: accounts.map(({ user }) => user),
    ...(tokens.length > 0 ? { tokens: tokens.map(withoutSecret) } : {}),
    ...(named && mark !== undefined ? { mark } : {}),
  }
  await saveWithSecrets(secrets, wanted, () => store.putSetting(settingKey, JSON.stringify(saved)))
}

/** As a status tells them. */
export const tokensShown = ({ tokens = [] }: Rules): { user: string; expiresAt?: string; lost?: true }[] =>
  tokens.map((one) => ({ ...withoutSecret(one), ...(one.token === null ? { lost: true as const } : {}) }))

/** As the saved settings may tell it. */
const withoutSecret = ({ user, expiresAt }: Token): { user: string; expiresAt?: string } => ({
  user,
  ...(expiresAt === undefined ? {} : { expiresAt }),
})

/** Undefined when there is nothing, null when it is not of that shape. */
function parse<T>(schema: z.ZodType<T>, text: string | null): T | null | undefined {
  if (text === null) return undefined
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
