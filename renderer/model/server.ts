/** Owns: listeners of the local server in words, and the settings an application needs. */
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { ListenerConfig, type ServerStatus } from '#shared/rpc/contract/server.ts'
import type { TlsMode } from '#shared/transcript/event.ts'

export type ListenerStatus = ServerStatus['listeners'][number]

/** The rule alone, all of it, without how it stands. */
export const ruleOf = (listener: ListenerConfig): ListenerConfig => ListenerConfig.parse(listener)

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

/** Ports that people take for a well-known one where they may not have that; 2000 higher is where a low one is mapped to. */
const standsFor = new Map([[465, 465], [2465, 465], [587, 587], [2587, 587], [2025, 25], [2525, 25]]) // prettier-ignore

/** What its port means to clients, where it is spoken to as they expect there; '' for a port that means nothing. */
export function likeWords({ port, tls }: Pick<ListenerConfig, 'port' | 'tls'>): string {
  if (port === 25) return 'the real one'
  const known = standsFor.get(port)
  // RFC 8314 §3.3: 465 begins with TLS; 25 and 587 never do.
  if (known === undefined || (known === 465) !== (tls === 'implicit')) return ''
  return known === 25 ? 'as 25, for servers' : `as ${known}, for apps`
}

/** How it stands, as a glyph and a word. One that is off by itself is told apart from a server that does not run. */
export function listenerState({ state, enabled }: Pick<ListenerStatus, 'state' | 'enabled'>): {
  tone: 'good' | 'warn' | 'neutral'
  word: string
} {
  if (state === 'failed') return { tone: 'warn', word: 'cannot listen' }
  if (state === 'listening') return { tone: 'good', word: 'listening' }
  return { tone: 'neutral', word: enabled === false ? 'switched off' : 'off' }
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
  const any = users.length === 0 || listener.anyPassword === true
  const user = any ? `any user, any password${optional}` : `${users.join(', ')}${optional}`
  return [...settings, { name: any ? 'Sign-in' : 'User', value: user }]
}

/** The same as lines for the clipboard. */
export const settingsText = (settings: readonly Setting[]): string =>
  settings.map(({ name, value }) => `${name}: ${value}`).join('\n')

/** Problems of an answer as sentences; the engine's field path stays as a hint where it is no sentence of its own. */
export const problemWords = (problems: readonly FieldProblem[]): string[] =>
  problems.map(({ value, message }) =>
    /^[a-z]/.test(message) ? `${value ? `“${value}” ` : ''}${message}.` : message,
  )
