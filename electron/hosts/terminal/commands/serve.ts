/** Owns: `relayscope serve`: the local server without a window. Each arrival is a line on stdout; Ctrl+C ends it. */
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { readFile } from 'node:fs/promises'
import { type ListenArgument, parseCredentials } from '../arguments.ts'
import { type ExitStatus, exitStatus, type Io, sayProblems } from '../io.ts'

export interface ServeOptions {
  listen: ListenArgument[]
  auth: { user: string; password: string }[]
  authFile?: string
  requireAuth: boolean
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
  const users = [...options.auth, ...(await readCredentials(options.authFile))]
  const listeners = options.listen.length > 0 ? options.listen : defaultListeners
  const auth = options.requireAuth ? 'required' : 'optional'
  const config = { listeners: listeners.map((listener) => ({ ...listener, auth }) as const), users }
  const { status, problems } = await client.call('server.start', { config })
  sayProblems(io, problems)
  for (const line of statusText(status)) io.say(line)
  if (!status.listeners.some((listener) => listener.state === 'listening')) return exitStatus.findings
  const info = await client.call('app.info', {})
  io.say(`Messages are kept in ${host.dataFolder}. Certificate authority for clients: ${info.caFile}`)
  if (options.browser) io.say(`Page: ${await host.openBrowser()}`)
  const subscription = client.stream(
    'inbox.changes',
    {},
    {
      batch: ({ events }) => {
        for (const change of events)
          if (change.type === 'put' && change.summary.unread) show(io, options, change.summary)
      },
      closed: () => undefined,
    },
  )
  await aborted(io.cancel)
  subscription.close()
  await client.call('server.stop', {})
  return exitStatus.ok
}

function show(io: Io, options: ServeOptions, message: MessageSummary): void {
  io.out(options.json ? `${JSON.stringify(message)}\n` : messageText(message))
}

/** One line about an arrived message. */
export function messageText(message: MessageSummary): string {
  const sealed = message.sealed ? 'TLS' : 'in clear'
  const to = message.rcptTo.join(', ')
  const from = message.mailFrom === '' ? '<>' : message.mailFrom
  return `${message.receivedAt}  :${message.port} ${sealed}  ${from} -> ${to}  ${message.subject}  (${message.size} bytes, ${message.id})\n`
}

/** One line per listener, with the remedy where one could not start. */
export function statusText(status: ServerStatus): string[] {
  return status.listeners.map((listener) => {
    const where = `${listener.address}:${listener.actualPort ?? listener.port}`
    if (listener.state === 'listening') return `Listening on ${where}, ${listener.tls}, AUTH ${listener.auth}`
    return `Not listening on ${where}: ${listener.problem ?? 'it is off'}`
  })
}

async function readCredentials(file: string | undefined): Promise<{ user: string; password: string }[]> {
  if (file === undefined) return []
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/).filter((line) => line !== '')
  return lines.map((line) => parseCredentials(line))
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
