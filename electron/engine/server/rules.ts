/** Owns: what one listener's sessions share: the machine's options, made once and not per connection. */
import { randomBytes } from 'node:crypto'
import type { SecureContext } from 'node:tls'
import type { ListenerConfig, ServerConfig } from '#shared/rpc/contract/server.ts'
import { serverExtensions, type ServerOptions } from '#shared/smtp/machine/options.ts'
import type { TlsMode } from '#shared/transcript/event.ts'
import type { Accounts } from './accounts.ts'

export interface SessionRules {
  machine: ServerOptions
  accounts: Accounts
  /** Null for a listener without TLS. */
  context: SecureContext | null
  /** As a transcript's head names it. */
  tls: TlsMode
}

const machineTls = {
  plain: 'off', starttls: 'offered', 'starttls-required': 'required', implicit: 'implicit',
} as const // prettier-ignore
const headTls = {
  plain: 'none', starttls: 'opportunistic', 'starttls-required': 'starttls', implicit: 'implicit',
} as const // prettier-ignore

/** A load generator keeps sessions open for hours; what bounds a session here is its time. */
const perSession = { commands: 10_000_000, transactions: 1_000_000 }

export function sessionRules(
  listener: ListenerConfig,
  { name, limits }: Pick<ServerConfig, 'name' | 'limits'>,
  accounts: Accounts,
  context: SecureContext | null,
): SessionRules {
  const { messageSize, recipients, idle, session } = limits
  return {
    accounts,
    context: listener.tls === 'plain' ? null : context,
    tls: headTls[listener.tls],
    machine: {
      name,
      tls: machineTls[listener.tls],
      auth: {
        mechanisms: ['plain', 'login', 'cram-md5'],
        policy: listener.auth,
        onlyAfterTls: listener.authOnlyAfterTls,
      },
      extensions: serverExtensions,
      limits: { messageSize, recipients, idle, session, ...perSession },
      challenge: () => `<${randomBytes(12).toString('hex')}.${Date.now()}@${name}>`,
    },
  }
}
