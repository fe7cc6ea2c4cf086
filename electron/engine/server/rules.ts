/** Owns: what one listener's sessions share: the machine's options, made once and not per connection. */
import { randomBytes } from 'node:crypto'
import type { SecureContext } from 'node:tls'
import { Limits } from '#shared/rpc/contract/listener.ts'
import type { ListenerConfig, ServerConfig } from '#shared/rpc/contract/server.ts'
import {
  type Mechanism,
  serverExtensions,
  type ServerLimits,
  type ServerOptions,
} from '#shared/smtp/machine/options.ts'
import type { TlsMode } from '#shared/transcript/event.ts'
import { lowerNames } from '#shared/smtp/sasl/mechanisms.ts'
import { hashes } from '../dialogue/hashes.ts'
import type { Accounts } from './accounts.ts'
import type { Relaying } from './relaying.ts'

export interface SessionRules {
  machine: ServerOptions
  accounts: Accounts
  /** Null for a listener without TLS. */
  context: SecureContext | null
  /** TLS versions that it speaks, for words. */
  versions?: readonly string[]
  clientCertificate: NonNullable<ListenerConfig['clientCertificate']>
  /** What a finished handshake is to the machine. */
  opens: 'opened' | 'secured'
  /** As a transcript's head names it. */
  tls: TlsMode
  /** Absent: what comes in is kept in the Inbox. */
  relaying?: Relaying
}

const machineTls = {
  plain: 'off', starttls: 'offered', 'starttls-required': 'required', implicit: 'implicit',
} as const // prettier-ignore
const headTls = {
  plain: 'none', starttls: 'opportunistic', 'starttls-required': 'starttls', implicit: 'implicit',
} as const // prettier-ignore

/** A load generator keeps sessions open for hours; what bounds a session here is its time, unless a limit is named. */
const perSession = { commands: 10_000_000, transactions: 1_000_000 }

/** The usual ones first: simple clients take the first one they know. */
const usual: readonly Mechanism[] = [
  'plain', 'login', 'cram-md5', ...lowerNames.filter((name) => !['plain', 'login', 'cram-md5'].includes(name)),
] // prettier-ignore

/** What can work with these users, tokens and certificates; TLS is the machine's own question. */
function offered({ mechanisms, clientCertificate = 'off' }: ListenerConfig, accounts: Accounts): Mechanism[] {
  const { names, takesTokens, takesPasswords = true, takesCertificates = true } = accounts
  return (mechanisms ?? usual).filter((name) => {
    if (name.startsWith('scram-')) return names.length > 0
    if (name === 'xoauth2' || name === 'oauthbearer') return takesTokens
    return name === 'external' ? takesCertificates && clientCertificate !== 'off' : takesPasswords
  })
}

/** Those of the server, and what the listener says instead. What is absent in both is left out. */
export function limitsOf({ limits: own = {} }: Pick<ListenerConfig, 'limits'>, limits: Limits): Limits {
  const named = Object.entries(own).filter(([, most]) => most !== undefined)
  return Limits.parse({ ...limits, ...Object.fromEntries(named) })
}

const optional = ['line', 'textLine', 'commands', 'errors', 'transactions'] as const

function machineLimits(limits: Limits): Partial<ServerLimits> {
  const { messageSize, recipients, idle, session } = limits
  const made: Partial<ServerLimits> = { messageSize, recipients, idle, session, ...perSession }
  for (const name of optional) {
    const most = limits[name]
    if (most !== undefined) made[name] = most
  }
  return made
}

export function sessionRules(
  listener: ListenerConfig,
  { name, limits }: Pick<ServerConfig, 'name' | 'limits'>,
  accounts: Accounts,
  context: SecureContext | null,
): SessionRules {
  return {
    accounts,
    context: listener.tls === 'plain' ? null : context,
    clientCertificate: listener.clientCertificate ?? 'off',
    opens: listener.tls === 'implicit' ? 'opened' : 'secured',
    tls: headTls[listener.tls],
    machine: {
      name,
      tls: machineTls[listener.tls],
      auth: {
        mechanisms: offered(listener, accounts),
        policy: listener.auth,
        onlyAfterTls: listener.authOnlyAfterTls,
      },
      extensions: listener.extensions ?? serverExtensions,
      bareLineEnds: listener.bareLineEnds ?? 'refuse',
      limits: machineLimits(limitsOf(listener, limits)),
      hashes,
      challenge: () => `<${randomBytes(12).toString('hex')}.${Date.now()}@${name}>`,
    },
  }
}
