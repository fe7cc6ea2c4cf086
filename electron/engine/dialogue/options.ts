/** Owns: from a checked plan to what the client machine is told. */
import { isIP } from 'node:net'
import type { DialoguePlan } from '#shared/rpc/contract/dialogue.ts'
import { checkAddress } from '#shared/smtp/grammar/addressList.ts'
import type { ClientOptions, ClientTimeouts } from '#shared/smtp/machine/options.ts'
import type { MessageSource } from './content.ts'
import { hashes } from './hashes.ts'

export { hashes } from './hashes.ts'

/**
 * This computer's name in EHLO unless one is given: the address literal of the connection (RFC 5321 §4.1.3, §4.1.4),
 * which is right behind any network and does not give the computer's own name away.
 */
export function literalName(local: string): string {
  const bare = local.replace(/^::ffff:/, '').replace(/%.*$/, '')
  const family = isIP(bare)
  if (family === 4) return `[${bare}]`
  return family === 6 ? `[IPv6:${bare}]` : '[127.0.0.1]'
}

/** `reply` bounds every wait for a reply; without it RFC 5321 §4.5.3.2 does. */
export function replyTimeouts(reply: number | undefined): Partial<ClientTimeouts> {
  if (reply === undefined) return {}
  const keys = ['greeting', 'command', 'mail', 'rcpt', 'data', 'bodyBlock', 'bodyEnd', 'quit'] as const
  return Object.fromEntries(keys.map((key) => [key, reply]))
}

/** Options of the machine for a plan that `checkPlan` found nothing wrong with. */
export function machineOptions(
  plan: DialoguePlan,
  source: MessageSource | null,
  local: string,
): ClientOptions {
  return {
    ehloName: plan.target.ehloName ?? literalName(local),
    tls: plan.target.tls,
    auth: authOptions(plan),
    transaction: source && plan.message ? transaction(plan, plan.message, source) : null,
    pipelining: plan.pipelining,
    chunking: false,
    stopAfter: plan.stopAfter,
    timeouts: replyTimeouts(plan.target.timeouts.reply),
  }
}

function authOptions({ auth, target }: DialoguePlan): ClientOptions['auth'] {
  if (auth.mechanism === 'none' || !signsIn({ auth })) return null
  const { mechanism, user, password, allowUnprotected, secret, initialResponse, channelBinding } = auth
  const certificate = target.clientCertificate !== undefined
  const { host, port } = target
  return {
    mechanism, user, password, allowUnprotected, hashes, certificate, initialResponse, channelBinding, host, port, secret,
  } // prettier-ignore
}

/** Without a user there is something to sign in with only where a certificate that was asked for, or a token, says who it is. */
const signsIn = ({ auth }: Pick<DialoguePlan, 'auth'>): boolean =>
  auth.user !== '' ||
  auth.mechanism === 'external' ||
  (auth.mechanism === 'oauthbearer' && auth.password !== '') ||
  (auth.mechanism === 'auto' && auth.secret === 'token' && auth.password !== '')

function transaction(
  plan: DialoguePlan,
  message: NonNullable<DialoguePlan['message']>,
  source: MessageSource,
): NonNullable<ClientOptions['transaction']> {
  const { size, eightBit, utf8 } = source
  const to = plan.envelopeTo ?? [...message.to, ...message.cc]
  return {
    from: bareAddress(plan.envelopeFrom ?? message.from),
    fromParameters: [],
    to: [...new Set(to.map(bareAddress))].map((address) => ({ address, parameters: [] })),
    size,
    eightBit,
    utf8,
  }
}

/** `Anna <anna@example.com>` is `anna@example.com` in the envelope; `''` stays the null reverse-path. */
function bareAddress(typed: string): string {
  const checked = checkAddress(typed)
  return checked.ok ? checked.address : typed.trim()
}
