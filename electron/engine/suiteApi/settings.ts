/** Owns: the saved settings of the API for test suites, and what is wrong with a change. Neither token nor secret is here. */
import { isIP } from 'node:net'
import { z } from 'zod'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { webhookEvents } from '#shared/rpc/contract/suiteApi.ts'
import type { CallArguments } from '#shared/rpc/contract.ts'
import type { Log } from '../ports.ts'
import { isLoopback, listenAddress } from '../server/listenProblem.ts'
import type { Store } from '../store/types.ts'
import { hostProblems, tidyHosts } from './allowed.ts'

const Settings = z.object({
  on: z.boolean(),
  address: z.string(),
  port: z.int().min(0).max(65535),
  allowOutside: z.boolean(),
  names: z.array(z.string()),
  allowedHosts: z.array(z.string()),
  webhooks: z.array(z.object({ id: z.string(), url: z.string(), events: z.array(z.enum(webhookEvents)) })),
})
export type Settings = z.infer<typeof Settings>
export type Change = CallArguments<'suiteApi.configure'>

export const usualPort = 8026
export const defaults: Settings = {
  on: false,
  address: '127.0.0.1',
  port: usualPort,
  allowOutside: false,
  names: [],
  allowedHosts: [],
  webhooks: [],
}

const key = 'suiteApi.settings'

export async function loadSettings(store: Pick<Store, 'getSetting'>, log: Log): Promise<Settings> {
  try {
    const text = await store.getSetting(key)
    return text === null ? defaults : Settings.parse(JSON.parse(text))
  } catch {
    log('warn', 'The saved settings of the API for test suites cannot be read; the defaults are used')
    return defaults
  }
}

export const saveSettings = (store: Pick<Store, 'putSetting'>, settings: Settings): Promise<void> =>
  store.putSetting(key, JSON.stringify(settings))

/** What the change names, tidied; what it does not name stays. */
export function changed(settings: Settings, change: Change): Settings {
  const { on, address, port, allowOutside, names, allowedHosts } = change
  return {
    ...settings,
    ...(on === undefined ? {} : { on }),
    ...(address === undefined ? {} : { address: address.trim() }),
    ...(port === undefined ? {} : { port }),
    ...(allowOutside === undefined ? {} : { allowOutside }),
    ...(names === undefined ? {} : { names: names.map((name) => name.trim().toLowerCase()) }),
    ...(allowedHosts === undefined ? {} : { allowedHosts: tidyHosts(allowedHosts) }),
  }
}

/** A token shorter than this could be guessed by who can ask often enough. */
const leastToken = 16
const hostName = /^[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?$/iu

export function settingsProblems(settings: Settings, token: string | undefined): FieldProblem[] {
  const { address, allowOutside, names, allowedHosts } = settings
  const problems: FieldProblem[] = []
  const say = (field: string, value: string, message: string) => void problems.push({ field, value, message })
  const listen = listenAddress(address)
  if (isIP(listen) === 0)
    say('address', address.slice(0, 60), "is no IP address; write one of this machine's, as 127.0.0.1 or ::1") // prettier-ignore
  else if (!isLoopback(listen) && !allowOutside)
    say(
      'address',
      address,
      'can be reached by other machines; allow that as well (serve: --allow-outside), or use 127.0.0.1',
    )
  names.forEach((name, i) => {
    if (!hostName.test(name)) say(`names[${i}]`, name.slice(0, 100), 'is no host name; write one as relayscope or mail.test') // prettier-ignore
  })
  if (token !== undefined && !new RegExp(`^[\\x21-\\x7e]{${leastToken},1000}$`, 'u').test(token))
    say('token', '********', `needs ${leastToken} characters at least, letters, digits and signs without a space`) // prettier-ignore
  return [...problems, ...hostProblems(allowedHosts)]
}
