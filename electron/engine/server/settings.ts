/**
 * Owns: the saved rules of the local server. Passwords go to the keychain (Secrets) and nowhere else; the settings in
 * the store hold the users' names only.
 */
import { z } from 'zod'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { ListenerConfig, ServerConfig } from '#shared/rpc/contract/server.ts'
import type { Log, Secrets } from '../ports.ts'
import type { Store } from '../store/types.ts'
import type { Account } from './accounts.ts'
import type { ConfigChange } from './types.ts'

export interface Rules {
  name: string
  listeners: ListenerConfig[]
  limits: ServerConfig['limits']
  accounts: Account[]
}

const settingKey = 'server.rules'
const secretKey = 'server.users'

/** Names only: this shape has no place for a password. */
const Saved = z.object({
  name: z.string(),
  listeners: z.array(ListenerConfig),
  limits: ServerConfig.shape.limits,
  users: z.array(z.string()),
})
const Passwords = z.array(z.tuple([z.string(), z.string()]))

const defaults: z.input<typeof ListenerConfig>[] = [
  { port: 2525, tls: 'starttls', auth: 'optional' },
  { port: 2587, tls: 'starttls-required', auth: 'required', authOnlyAfterTls: true },
  { port: 2465, tls: 'implicit', auth: 'optional' },
]

export const defaultRules = (): Rules => rulesOf(ServerConfig.parse({ listeners: defaults }))

export const rulesOf = ({ name, listeners, limits, users }: ServerConfig): Rules => ({
  name,
  listeners,
  limits,
  accounts: users,
})

/** What is not in the change stays; a user without a password keeps the one there was. */
export function changed(rules: Rules, change: ConfigChange): Rules {
  const passwords = new Map(rules.accounts.map(({ user, password }) => [user, password]))
  return {
    name: change.name ?? rules.name,
    listeners: change.listeners ?? rules.listeners,
    limits: ServerConfig.shape.limits.parse({ ...rules.limits, ...change.limits }),
    accounts:
      change.users?.map(({ user, password }) => ({
        user,
        password: password ?? passwords.get(user) ?? null,
      })) ?? rules.accounts,
  }
}

/** RFC 5321 §4.1.2: what may stand in a greeting. Anything else would let a name break the reply line. */
const hostName = /^(?=.{1,255}$)(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$|^\[[0-9a-fv:.]+\]$/iu // prettier-ignore

/** Problems that forbid the whole change. What keeps one listener from running is told in its status instead. */
export function rulesProblems(rules: Rules): FieldProblem[] {
  const problems: FieldProblem[] = []
  const say = (field: string, value: string, message: string) => problems.push({ field, value, message })
  if (!hostName.test(rules.name))
    say('name', rules.name.slice(0, 100), 'is not a host name; write one such as relayscope.localhost')
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
  const passwords = new Map(parse(Passwords, await secrets.get(secretKey)) ?? [])
  const { users, ...rest } = saved
  const accounts = users.map((user) => ({ user, password: passwords.get(user) ?? null }))
  return { ...rest, accounts }
}

export async function saveRules(
  rules: Rules,
  store: Pick<Store, 'putSetting'>,
  secrets: Secrets,
): Promise<void> {
  const { accounts, ...rest } = rules
  const passwords = accounts.flatMap(({ user, password }): [string, string][] =>
    password === null ? [] : [[user, password]],
  )
  if (passwords.length > 0) await secrets.set(secretKey, JSON.stringify(passwords))
  else await secrets.remove(secretKey)
  const saved: z.infer<typeof Saved> = { ...rest, users: accounts.map(({ user }) => user) }
  await store.putSetting(settingKey, JSON.stringify(saved))
}

/** Undefined when there is nothing, null when it is not of that shape. */
function parse<T>(schema: z.ZodType<T>, text: string | null): T | null | undefined {
  if (text === null) return undefined
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
