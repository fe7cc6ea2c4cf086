/**
 * Owns: `relayscope serve`: the local server without a window. Each arrival is a line on stdout; Ctrl+C ends it, which is
 * its regular end (status 0). A line of --json is a MessageSummary of shared/rpc/contract/inbox.ts.
 */
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import type { clientCertificateRules, ListenerConfig } from '#shared/rpc/contract/server.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { Mechanism } from '#shared/smtp/machine/options.ts'
import { type ListenArgument, parseCredentials, parseToken } from '../arguments.ts'
import { readGivenText } from '../files.ts'
import { type ExitStatus, exitStatus, type Io, jsonLine, onCancel, sayProblems, shown } from '../io.ts'
import { type RuleOptions, rulesIn } from '../serveRules.ts'
import { addCertificates } from './serveCertificates.ts'
import { checkHttpApi, type HttpApiOptions, serveHttpApi } from './serveHttpApi.ts'
import { statusText } from './serveText.ts'
import { planSuiteApi, serveSuiteApi, type SuiteApiOptions } from './serveSuiteApi.ts'

export interface ServeOptions extends HttpApiOptions, SuiteApiOptions, RuleOptions {
  listen: ListenArgument[]
  auth: { user: string; password: string }[]
  authFile?: string
  token?: { user: string; token: string; expiresAt?: string }[]
  tokenFile?: string
  mechanisms?: Mechanism[]
  clientCertificate?: (typeof clientCertificateRules)[number]
  clientCa?: string
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
}

const defaultListeners: ListenArgument[] = [{ address: '127.0.0.1', port: 2525, tls: 'starttls' }]

/** Runs until cancelled, or until nothing could be listened on. */
export async function serve(options: ServeOptions, io: Io, host: ServeHost): Promise<ExitStatus> {
  const { client } = host
  checkHttpApi(options, io)
  const suite = await planSuiteApi(options, io)
  const { config, file } = await configOf(options)
  if (!(await addCertificates(options, file?.certificates ?? [], io, client))) return exitStatus.usage
  const { status, problems } = await client.call('server.start', { config })
  const wrong = problems.filter((problem) => !isListeners(problem))
  sayProblems(io, wrong)
  if (!status.running) return exitStatus.usage
  for (const line of statusText(status)) io.say(line)
  if (!status.listeners.some((listener) => listener.state === 'listening')) return exitStatus.findings
  const info = await client.call('app.info', {})
  io.say(`Messages are kept in ${host.dataFolder}. Certificate authority for clients: ${info.caFile}`)
  const api = await serveHttpApi(options, io, client)
  await serveSuiteApi(options, suite, io, client)
  if (options.browser) io.say(`Page: ${await host.openBrowser()}`)
  const subscription = client.stream(
    'inbox.changes',
    {},
    {
      batch: ({ events }) => {
        const arrived = events.flatMap((change) =>
          change.type === 'put' && change.summary.unread ? [change.summary] : [],
        )
        // Written together: on a pipe or a file each write holds up the server.
        if (arrived.length > 0) io.out(arrived.map((message) => arrival(options, message)).join(''))
      },
      closed: () => undefined,
    },
  )
  await new Promise<void>((resolve) => onCancel(io, resolve))
  subscription.close()
  await api.restore()
  await client.call('server.stop', {})
  return exitStatus.ok
}

/** What keeps one listener from running stands in the words about that listener. */
const isListeners = ({ field }: FieldProblem): boolean => /^listeners\[\d+\]$/.test(field)

async function configOf(options: ServeOptions): Promise<Awaited<ReturnType<typeof rulesIn>>> {
  const named = options.preset !== undefined || options.config !== undefined
  const rule: Partial<ListenerConfig> = {
    // Presets and files say it themselves, unless it is asked for here.
    ...(options.requireAuth ? { auth: 'required' as const } : named ? {} : { auth: 'optional' as const }),
    ...(named && !options.allowOutside ? {} : { allowOutside: options.allowOutside }),
    ...(await ruleOf(options)),
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
  const sealed = message.sealed ? 'TLS' : 'in clear'
  const to = shown(message.rcptTo.join(', '))
  const from = message.mailFrom === '' ? '<>' : shown(message.mailFrom)
  return `${message.receivedAt}  :${message.port} ${sealed}  ${from} -> ${to}  ${shown(message.subject)}  (${message.size} bytes, ${message.id})\n`
}

async function ruleOf({
  mechanisms,
  clientCertificate = 'off',
  clientCa,
}: ServeOptions): Promise<Partial<ListenerConfig>> {
  return {
    ...(mechanisms === undefined ? {} : { mechanisms }),
    ...(clientCertificate === 'off' ? {} : { clientCertificate }),
    ...(clientCa === undefined ? {} : { clientCa: await readGivenText('--client-ca', clientCa) }),
  }
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
