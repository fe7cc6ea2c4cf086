/** Owns: listeners and users of the local server as a form: words, checks, and the settings an application needs. */
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { ListenerConfig, ServerStatus } from '#shared/rpc/contract/server.ts'
import type { TlsMode } from '#shared/transcript/event.ts'
import { isLoopback } from './hosts.ts'

export type ListenerStatus = ServerStatus['listeners'][number]

/** A listener while it is edited: the port is the text that was typed. */
export interface ListenerDraft extends Omit<ListenerConfig, 'port'> {
  port: string
}

export const newListener = (): ListenerDraft => ({
  address: '127.0.0.1',
  port: '',
  tls: 'starttls',
  auth: 'optional',
  authOnlyAfterTls: false,
  allowOutside: false,
})

/** The rule alone, without how it stands. */
export const ruleOf = (listener: ListenerConfig): ListenerConfig => ({
  address: listener.address,
  port: listener.port,
  tls: listener.tls,
  auth: listener.auth,
  authOnlyAfterTls: listener.authOnlyAfterTls,
  allowOutside: listener.allowOutside,
})

export const draftOf = (listener: ListenerConfig): ListenerDraft => ({
  ...ruleOf(listener),
  port: String(listener.port),
})

export type ListenerProblems = Partial<Record<'address' | 'port' | 'auth', string>>

/** What is wrong with a draft; `others` are the rules of the listeners beside it. */
export function checkListener(draft: ListenerDraft, others: readonly ListenerConfig[]): ListenerProblems {
  const problems: ListenerProblems = {}
  const address = draft.address.trim()
  if (address === '') problems.address = 'The address is empty. Write 127.0.0.1 or ::1.'
  else if (!isLoopback(address))
    problems.address = `“${address.slice(0, 60)}” can be reached from other machines, or is no address. Write 127.0.0.1 or ::1.`
  const port = readPort(draft.port)
  if (port === null)
    problems.port = `“${draft.port.trim().slice(0, 20)}” is not a whole number from 0 to 65535; 0 lets the system choose.`
  else if (port !== 0 && others.some((other) => other.port === port && other.address === address))
    problems.port = `${address} port ${port} has a listener already. Choose another port, such as ${port + 1 > 65535 ? 2525 : port + 1}.`
  if (draft.authOnlyAfterTls && draft.tls === 'plain' && draft.auth !== 'off')
    problems.auth = 'Sign-in only after TLS, but this listener has no TLS: nobody could sign in.'
  return problems
}

export function readPort(text: string): number | null {
  const typed = text.trim()
  return /^\d{1,5}$/.test(typed) && Number(typed) <= 65535 ? Number(typed) : null
}

/** The rule of a draft without problems. */
export const configOf = (draft: ListenerDraft): ListenerConfig => ({
  ...draft,
  address: draft.address.trim(),
  port: readPort(draft.port) ?? 0,
})

export const tlsWords: Record<ListenerConfig['tls'], string> = {
  plain: 'none, everything in clear',
  starttls: 'STARTTLS offered, not required',
  'starttls-required': 'STARTTLS before anything else',
  implicit: 'from the start',
}

export function authWords({ auth, authOnlyAfterTls, tls }: ListenerConfig): string {
  if (auth === 'off') return 'not offered'
  const words = auth === 'required' ? 'required' : 'offered'
  return authOnlyAfterTls && tls !== 'implicit' ? `${words}, after TLS` : words
}

/** What a well-known port it stands for. */
export function likeWords({ port, tls }: Pick<ListenerConfig, 'port' | 'tls'>): string {
  if (port === 25) return 'the real one'
  if (tls === 'implicit') return 'as 465, for apps'
  if (port === 2525 || tls === 'plain') return 'as 25, for servers'
  return 'as 587, for apps'
}

/** How a client should ask a listener for encryption. */
export const clientTls = (tls: ListenerConfig['tls']): TlsMode =>
  tls === 'plain' ? 'none' : tls === 'implicit' ? 'implicit' : 'starttls'

const clientWords: Record<TlsMode, string> = {
  none: 'none',
  starttls: 'STARTTLS',
  opportunistic: 'STARTTLS if offered',
  implicit: 'TLS from the start (SSL/TLS)',
}

export const portOf = (listener: ListenerStatus): number => listener.actualPort ?? listener.port

/** `::1` needs brackets beside a port. */
export const addressPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`

/** The listener a first application is best pointed at: 2525, else the first that listens. */
export const mainListener = (status: ServerStatus | null): ListenerStatus | undefined => {
  const listening = status?.listeners.filter(({ state }) => state === 'listening') ?? []
  return listening.find((one) => portOf(one) === 2525) ?? listening[0]
}

export interface Setting {
  name: string
  value: string
}

/** What to type into an application's mail settings. */
export function appSettings(listener: ListenerStatus, users: readonly string[]): Setting[] {
  const settings = [
    { name: 'Server', value: listener.address },
    { name: 'Port', value: String(portOf(listener)) },
    { name: 'Encryption', value: clientWords[clientTls(listener.tls)] },
  ]
  if (listener.auth === 'off') return [...settings, { name: 'Sign-in', value: 'none' }]
  const optional = listener.auth === 'optional' ? ', or none' : ''
  const user = users.length === 0 ? `any user, any password${optional}` : `${users.join(', ')}${optional}`
  return [...settings, { name: users.length === 0 ? 'Sign-in' : 'User', value: user }]
}

/** The same as lines for the clipboard. */
export const settingsText = (settings: readonly Setting[]): string =>
  settings.map(({ name, value }) => `${name}: ${value}`).join('\n')

/** Problems of an answer as sentences; the engine's field path stays as a hint where it is no sentence of its own. */
export const problemWords = (problems: readonly FieldProblem[]): string[] =>
  problems.map(({ value, message }) =>
    /^[a-z]/.test(message) ? `${value ? `“${value}” ` : ''}${message}.` : message,
  )
