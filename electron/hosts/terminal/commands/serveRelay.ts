/**
 * Owns: the relay of `relayscope serve --config FILE`, where FILE is in PowerMTA's notation: its rules become those of the
 * relay, its listeners are what is listened on. Read again on SIGHUP; with an error in it the rules that run stay.
 */
import { dirname, resolve } from 'node:path'
import { ListenerConfig, type ServerConfigInput } from '#shared/rpc/contract/server.ts'
import type { RelayRules } from '#shared/rpc/contract/relay.ts'
import type { CallResult } from '#shared/rpc/contract.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { GivenError, readGivenUpTo } from '../files.ts'
import { type Io, jsonLine, sayProblems, shown } from '../io.ts'
import { relayEventText } from '../relayEventText.ts'
import type { RelayOptions } from '../relayOptions.ts'
import { rulesProblemText } from '../relayProblems.ts'
import { limitsIn, type RuleOptions, wholeRuleIn } from '../serveRules.ts'
import { isOneListener, statusText } from './serveText.ts'

/** Octets, and so characters, of a text of rules. */
const largest = 4_000_000

export interface RelayFile {
  path: string
  text: string
}

export interface ServeRelayOptions extends RelayOptions, RuleOptions {
  allowOutside: boolean
  requireAuth: boolean
  json: boolean
  auth: unknown[]
  authFile?: string
  token?: unknown[]
  tokenFile?: string
}

/** JSON begins with a bracket or a quote, and no line of the notation does. */
export const isNotation = (text: string): boolean => /^\uFEFF?\s*[^\s{["]/.test(text)

async function read(path: string): Promise<string> {
  return (await readGivenUpTo('--config', path, largest, '4 MB')).toString('utf8')
}

/** The file where it is in PowerMTA's notation; null for the rules in JSON, or none. Throws GivenError. */
export async function relayFile({ config: path }: RuleOptions): Promise<RelayFile | null> {
  if (path === undefined) return null
  const text = await read(path)
  return isNotation(text) ? { path, text } : null
}

/** Users are those of the rules: an option that says otherwise would say nothing. Throws GivenError. */
export function checkOptions(options: ServeRelayOptions): void {
  const { auth, authFile, token = [], tokenFile, requireAuth, anyPassword } = options
  const users: [string, boolean][] = [
    ['--auth', auth.length > 0],
    ['--auth-file', authFile !== undefined],
    ['--token', token.length > 0],
    ['--token-file', tokenFile !== undefined],
    ['--any-password', anyPassword === true],
  ]
  const given = users.find(([, is]) => is)
  if (given !== undefined)
    throw new GivenError(`${given[0]}: the users of a relay are those of its rules. Write <smtp-user NAME> into the file of --config.`) // prettier-ignore
  if (requireAuth)
    throw new GivenError('--require-auth: who has to sign in at a relay stands in its rules. Write require-auth true into <source 0/0> in the file of --config.') // prettier-ignore
}

/** Makes the rules of the file those of the relay, and says what is wrong with them. With an error nothing has changed. */
async function putRules({ path, text }: RelayFile, options: ServeRelayOptions, io: Io, client: RpcClient): Promise<CallResult<'relay.setRules'>> {
  // What other machines may reach is said at each start: nothing in the data folder stands for the option.
  const { saved, rules, listeners = [] } = await client.call('relay.setRules', { rules: { text, folder: dirname(resolve(path)) }, listeners: 'planned', allowOutside: options.allowOutside })
  for (const problem of rules.problems) io.say(rulesProblemText(path, problem))
  for (const name of saved ? rules.missing : []) io.say(`${path}: warning: ${shown(name)} has no password; write it into the file`)
  return { saved, rules, listeners }
} // prettier-ignore

/** What the options say of each listener. Throws GivenError, before anything is changed. */
async function ruleOf(options: RuleOptions): Promise<Partial<ListenerConfig>> {
  const limits = limitsIn(options)
  return { ...(await wholeRuleIn(options)), ...(Object.keys(limits).length > 0 ? { limits } : {}) }
}

function sayWouldListen({ policy }: RelayRules, io: Io): void {
  for (const { address = '0/0', port, tls = 'starttls' } of policy.listeners)
    io.say(`Would listen on ${address.includes(':') ? `[${address}]` : address}:${port}, ${tls}`)
}

/** The rules for the local server; null when nothing may be listened on, which is said. Throws GivenError. */
export async function prepareRelay(file: RelayFile, options: ServeRelayOptions, io: Io, client: RpcClient): Promise<ServerConfigInput | null> {
  checkOptions(options)
  const rule = await ruleOf(options)
  const { saved, rules, listeners = [] } = await putRules(file, options, io, client)
  if (!saved) {
    sayWouldListen(rules, io)
    io.say(`${file.path} has errors: nothing is listened on.`)
    return null
  }
  if (rules.policy.listeners.length === 0)
    throw new GivenError(`--config ${file.path}: it names nothing to listen on. Write smtp-listener 127.0.0.1:2525 into it.`)
  const limits = limitsIn(options)
  return {
    ...(options.name === undefined ? {} : { name: options.name }),
    listeners: listeners.map((listener) => ({ ...listener, ...rule })),
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
  }
} // prettier-ignore

/** Reads the file again, and says what came of it. Never rejects: the relay goes on. */
export async function reread(path: string, options: ServeRelayOptions, io: Io, client: RpcClient): Promise<void> {
  try {
    const text = await read(path)
    if (!isNotation(text)) throw new GivenError(`--config ${path}: it holds no rules of a relay any more.`)
    const rule = await ruleOf(options)
    const { saved, rules, listeners = [] } = await putRules({ path, text }, options, io, client)
    if (!saved) return io.say(`${path} has errors: the rules that run stay.`)
    const { listeners: before } = await client.call('server.status', {})
    // Those of the Inbox that somebody opened in the page meanwhile.
    const others = before.filter(({ relay }) => relay !== true).map((one) => ListenerConfig.parse(one))
    const planned = listeners.map((listener) => ({ ...listener, ...rule }))
    const { problems, status: now } = await client.call('server.configure', { listeners: [...others, ...planned] })
    const wrong = problems.filter((problem) => !isOneListener(problem))
    sayProblems(io, wrong)
    io.say(`${path} was read again: ${rules.rules.length} rules hold${wrong.length > 0 ? ', at the listeners that were there before' : ''}.`)
    for (const line of statusText(now)) io.say(line)
  } catch (error) {
    io.say(`${error instanceof Error ? error.message : String(error)} The rules that run stay.`)
  }
} // prettier-ignore

/** Tells of each message that comes in and goes on, a line each. */
export function followRelay(asJson: boolean, io: Io, client: RpcClient): { close(): void } {
  return client.stream('relay.events', {}, {
    batch: ({ events, lost }) => {
      if (lost > 0) io.say(`${lost} lines about mail of the relay were left out.`)
      io.out(events.map((event) => (asJson ? jsonLine(event) : relayEventText(event))).join(''))
    },
    closed: () => undefined,
  })
} // prettier-ignore
