/**
 * Owns: `relayscope serve`: the local server without a window. Each arrival is a line on stdout; Ctrl+C ends it, which is
 * its regular end (status 0). A line of --json is a MessageSummary of shared/rpc/contract/inbox.ts, or where the relay took
 * or gave a message a RelayEvent of shared/rpc/contract/relay.ts.
 */
import { isLocalDelivery } from '#shared/relay/localBody.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import type { ListenerConfig, ServerConfigInput, ServerStatus } from '#shared/rpc/contract/server.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { type ListenArgument, parseCredentials, parseToken } from '../arguments.ts'
import { readGivenText } from '../files.ts'
import { type ExitStatus, exitStatus, type Io, jsonLine, onCancel, sayProblems, shown } from '../io.ts'
import { needsRelay, type RelayOptions } from '../relayOptions.ts'
import { type RuleOptions, rulesIn } from '../serveRules.ts'
import { addCertificates } from './serveCertificates.ts'
import { applyDelivery, deliveryText } from './serveDelivery.ts'
import { checkHttpApi, type HttpApiOptions, serveHttpApi } from './serveHttpApi.ts'
import { isOneListener, statusText } from './serveText.ts'
import { followRelay, prepareRelay, relayFile, type RelayFile, reread } from './serveRelay.ts'
import { planSuiteApi, serveSuiteApi, type SuiteApiOptions, type SuitePlan } from './serveSuiteApi.ts'

export interface ServeOptions extends HttpApiOptions, SuiteApiOptions, RuleOptions, RelayOptions {
  listen: ListenArgument[]
  auth: { user: string; password: string }[]
  authFile?: string
  token?: { user: string; token: string; expiresAt?: string }[]
  tokenFile?: string
  requireAuth: boolean
  allowOutside: boolean
  json: boolean
  data?: string
  browser: boolean
}

export interface ServeHost {
  client: RpcClient
  dataFolder: string
  /** Serves the page as well; answers with its address. */
  openBrowser(): Promise<string>
  /** What to do when the files are to be read again (SIGHUP), one after another; absent where nobody can ask for it. */
  onReload?(reload: () => Promise<void>): void
}

const defaultListeners: ListenArgument[] = [{ address: '127.0.0.1', port: 2525, tls: 'starttls' }]

/** Runs until cancelled, or until nothing could be listened on. */
export async function serve(options: ServeOptions, io: Io, host: ServeHost): Promise<ExitStatus> {
  const { client } = host
  checkHttpApi(options, io)
  const suite = await planSuiteApi(options, io)
  const relay = await relayFile(options)
  const given = relay === null ? await configOf(options) : null
  if (!(await addCertificates(options, given?.file?.certificates ?? [], io, client))) return exitStatus.usage
  const config = relay === null ? given!.config : await prepareRelay(relay, options, io, client)
  if (config === null) return exitStatus.usage
  const relays = config.listeners.some((listener) => listener.relay === true)
  if (!relays) needsRelay(options)
  const delivery = relays ? await applyDelivery(options, io, client) : unchanged
  if (delivery === null) return exitStatus.usage
  try {
    const status = await start(config, io, client)
    if (status === null) return exitStatus.usage
    if (!status.listeners.some((listener) => listener.state === 'listening')) return exitStatus.findings
    await run({ options, suite, relays, file: relay }, io, host)
    return exitStatus.ok
  } finally {
    await delivery.restore()
  }
}

const unchanged = { restore: (): Promise<void> => Promise.resolve() }

/** Null when the rules themselves are wrong, which is said. */
async function start(config: ServerConfigInput, io: Io, client: RpcClient): Promise<ServerStatus | null> {
  const { status, problems } = await client.call('server.start', { config })
  const wrong = problems.filter((problem) => !isOneListener(problem))
  sayProblems(io, wrong)
  if (!status.running) return null
  for (const line of statusText(status)) io.say(line)
  return status
}

interface Plan {
  options: ServeOptions
  suite: SuitePlan
  /** Some listener relays. */
  relays: boolean
  file: RelayFile | null
}

/** Tells what comes in and goes on until the command is cancelled; then the server stops. */
async function run({ options, suite, relays, file }: Plan, io: Io, host: ServeHost): Promise<void> {
  const { client } = host
  const info = await client.call('app.info', {})
  io.say(`Messages are kept in ${host.dataFolder}. Certificate authority for clients: ${info.caFile}`)
  if (relays) io.say(await deliveryText(client))
  const api = await serveHttpApi(options, io, client)
  await serveSuiteApi(options, suite, io, client)
  if (options.browser) io.say(`Page: ${await host.openBrowser()}`)
  const following = [followInbox(options, io, client), ...(relays ? [followRelay(options.json, io, client)] : [])] // prettier-ignore
  if (file !== null) host.onReload?.(() => reread(file.path, options, io, client))
  await new Promise<void>((resolve) => onCancel(io, resolve))
  for (const subscription of following) subscription.close()
  await api.restore()
  await client.call('server.stop', {})
}

function followInbox(options: ServeOptions, io: Io, client: RpcClient): { close(): void } {
  return client.stream(
    'inbox.changes',
    {},
    {
      batch: ({ events }) => {
        const put = events.flatMap((change) => (change.type === 'put' ? [change.summary] : []))
        // What the relay put there is told as delivered already; to a program the line tells where it is.
        const arrived = put.filter(({ unread, id }) => unread && (options.json || !isLocalDelivery(id)))
        // Written together: on a pipe or a file each write holds up the server.
        if (arrived.length > 0) io.out(arrived.map((message) => arrival(options, message)).join(''))
      },
      closed: () => undefined,
    },
  )
}

async function configOf(options: ServeOptions): Promise<Awaited<ReturnType<typeof rulesIn>>> {
  const named = options.preset !== undefined || options.config !== undefined
  const rule: Partial<ListenerConfig> = {
    // Presets and files say it themselves, unless it is asked for here.
    ...(options.requireAuth ? { auth: 'required' as const } : named ? {} : { auth: 'optional' as const }),
    ...(named && !options.allowOutside ? {} : { allowOutside: options.allowOutside }),
  }
  const own = options.listen.length > 0 ? options.listen : defaultListeners
  const { config, file } = await rulesIn(options, own, rule)
  const users = [...(config.users ?? []), ...options.auth, ...(await readCredentials(options.authFile))]
  const tokens = [
    ...(config.tokens ?? []),
    ...(options.token ?? []),
    ...(await readTokens(options.tokenFile)),
  ]
  return { file, config: { ...config, users, ...(tokens.length > 0 ? { tokens } : {}) } }
}

const arrival = ({ json }: ServeOptions, message: MessageSummary): string =>
  json ? jsonLine(message) : messageText(message)

/** One line about an arrived message. */
export function messageText(message: MessageSummary): string {
  // A report of the relay itself came in by no port.
  const way = message.port === 0 ? 'relay' : `:${message.port} ${message.sealed ? 'TLS' : 'in clear'}`
  const to = shown(message.rcptTo.join(', '))
  const from = message.mailFrom === '' ? '<>' : shown(message.mailFrom)
  return `${message.receivedAt}  ${way}  ${from} -> ${to}  ${shown(message.subject)}  (${message.size} bytes, ${message.id})\n`
}

async function readTokens(file: string | undefined): Promise<ReturnType<typeof parseToken>[]> {
  if (file === undefined) return []
  const lines = (await readGivenText('--token-file', file)).split(/\r?\n/)
  return lines.flatMap((line, i) =>
    line.trim() === '' ? [] : [parseToken(line, `--token-file ${file}, line ${i + 1}`)],
  )
}

async function readCredentials(file: string | undefined): Promise<{ user: string; password: string }[]> {
  if (file === undefined) return []
  const lines = (await readGivenText('--auth-file', file)).split(/\r?\n/)
  return lines.flatMap((line, i) =>
    line === '' ? [] : [parseCredentials(line, `--auth-file ${file}, line ${i + 1}`)],
  )
}
