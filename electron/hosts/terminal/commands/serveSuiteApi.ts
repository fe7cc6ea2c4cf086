/**
 * Owns: the API for test suites and webhooks beside `relayscope serve`: for as long as the command runs, saved nowhere, so
 * that what the app has set in the same data folder stays as it is.
 */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { GivenError, readGivenText } from '../files.ts'
import type { Io } from '../io.ts'

export interface SuiteApiOptions {
  /** `true`: the usual port. */
  api?: number | true
  apiAddress?: string
  apiName?: string[]
  apiTokenEnv?: string
  apiTokenFile?: string
  webhook?: string[]
  webhookOn?: 'message' | 'session' | 'both'
  webhookAllow?: string[]
  webhookSecretEnv?: string
  allowOutside?: boolean
}

const usualPort = 8026

/** What the options are read to, before anything is begun. */
export interface SuitePlan {
  token?: string
  webhookSecret?: string
}

function alone(given: boolean, option: string, needs: string): void {
  if (given) throw new GivenError(`${option}: says nothing without ${needs}. Give that as well.`)
}

/** Throws GivenError for an option that says nothing without another, and for a secret that is not there. */
export async function planSuiteApi(options: SuiteApiOptions, { password }: Pick<Io, 'password'>): Promise<SuitePlan> {
  const { api, apiAddress, apiName = [], apiTokenEnv, apiTokenFile, webhook = [], webhookAllow = [], webhookOn, webhookSecretEnv } = options
  if (api === undefined) {
    alone(apiAddress !== undefined, '--api-address', '--api')
    alone(apiName.length > 0, '--api-name', '--api')
    alone(apiTokenEnv !== undefined, '--api-token-env', '--api')
    alone(apiTokenFile !== undefined, '--api-token-file', '--api')
  }
  if (webhook.length === 0) {
    alone(webhookOn !== undefined, '--webhook-on', '--webhook')
    alone(webhookAllow.length > 0, '--webhook-allow', '--webhook')
    alone(webhookSecretEnv !== undefined, '--webhook-secret-env', '--webhook')
  }
  if (apiTokenEnv !== undefined && apiTokenFile !== undefined)
    throw new GivenError('--api-token-env and --api-token-file: give one of them.')
  const token = apiTokenEnv === undefined ? await tokenIn(apiTokenFile) : fromEnv('--api-token-env', apiTokenEnv, password.env)
  const webhookSecret = webhookSecretEnv === undefined ? undefined : fromEnv('--webhook-secret-env', webhookSecretEnv, password.env)
  return { ...(token === undefined ? {} : { token }), ...(webhookSecret === undefined ? {} : { webhookSecret }) }
} // prettier-ignore

/** One line end at a file's end is not part of it. */
const tokenIn = async (file: string | undefined): Promise<string | undefined> =>
  file === undefined ? undefined : (await readGivenText('--api-token-file', file)).replace(/\r?\n$/, '')

function fromEnv(option: string, name: string, env: Record<string, string | undefined>): string {
  const value = env[name]
  if (value !== undefined && value !== '') return value
  throw new GivenError(`${option} ${name}: the variable is not set. Set it, or leave the option out.`)
}

/** Called when the local server runs. Throws GivenError for what cannot be used; a port that is taken is said. */
export async function serveSuiteApi(
  options: SuiteApiOptions,
  plan: SuitePlan,
  io: Io,
  client: RpcClient,
): Promise<void> {
  await openApi(options, plan, io, client)
  await addWebhooks(options, plan, io, client)
}

async function openApi(options: SuiteApiOptions, { token }: SuitePlan, io: Io, client: RpcClient): Promise<void> {
  const { api, apiAddress, apiName = [], webhookAllow = [], allowOutside = false } = options
  if (api === undefined && webhookAllow.length === 0) return
  const port = api === true ? usualPort : api
  const { status, problems, token: made } = await client.call('suiteApi.configure', {
    ...(port === undefined ? {} : { on: true, port, allowOutside, names: apiName }),
    ...(apiAddress === undefined ? {} : { address: apiAddress }),
    ...(token === undefined ? {} : { token }),
    allowedHosts: webhookAllow,
    save: false,
  })
  const wrong = problems.filter(({ field }) => field !== 'port')
  if (wrong.length > 0) throw new GivenError(wrong.map(words).join('\n'))
  for (const problem of problems) io.say(words(problem))
  if (status.actualPort === undefined) return
  const host = status.address.includes(':') ? `[${status.address}]` : status.address
  io.say(`API for test suites on http://${host}:${status.actualPort}, document at /openapi.json`)
  if (made !== undefined) io.say(`Its token, made now and told this once: ${made}`)
} // prettier-ignore

async function addWebhooks({ webhook = [], webhookOn = 'message' }: SuiteApiOptions, { webhookSecret }: SuitePlan, io: Io, client: RpcClient): Promise<void> {
  const events = webhookOn === 'both' ? (['message', 'session'] as const) : ([webhookOn] as const)
  for (const url of webhook) {
    const given = webhookSecret === undefined ? {} : { secret: webhookSecret }
    const { problems, secret } = await client.call('suiteApi.addWebhook', { url, events: [...events], save: false, ...given })
    if (problems.length > 0) throw new GivenError(problems.map(words).join('\n'))
    // People put keys behind the question mark.
    io.say(`Webhook ${url.split('?', 1)[0]}, on ${events.join(' and ')}${secret === undefined ? '' : `; its secret, made now and told this once: ${secret}`}`)
  }
} // prettier-ignore

const optionOf: Record<string, string> = {
  port: '--api',
  address: '--api-address',
  token: '--api-token-env or --api-token-file',
  url: '--webhook',
  secret: '--webhook-secret-env',
}

/** As `--webhook http://x/: goes to x, which ...`. */
function words({ field, value, message }: FieldProblem): string {
  const name = field.startsWith('names') ? '--api-name' : field.startsWith('allowedHosts') ? '--webhook-allow' : (optionOf[field] ?? field) // prettier-ignore
  return `${name} ${value}: ${message}${message.endsWith('.') ? '' : '.'}`
}
