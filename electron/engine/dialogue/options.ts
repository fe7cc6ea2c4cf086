/** Owns: from a checked plan to what the client machine is told. */
import { isIP } from 'node:net'
import type { DialoguePlan } from '#shared/rpc/contract/dialogue.ts'
import { checkAddress } from '#shared/smtp/grammar/addressList.ts'
import type { ClientDsn, ClientOptions, ClientTimeouts } from '#shared/smtp/machine/options.ts'
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

/** `reply` bounds every wait for a reply, `greeting` that for the first; without them RFC 5321 §4.5.3.2 does. */
export function replyTimeouts(reply: number | undefined, greeting = reply): Partial<ClientTimeouts> {
  const first = greeting === undefined ? {} : { greeting }
  if (reply === undefined) return first
  const keys = ['command', 'mail', 'rcpt', 'data', 'bodyBlock', 'bodyEnd', 'quit'] as const
  return { ...first, ...Object.fromEntries(keys.map((key) => [key, reply])) }
}

/** Options of the machine for a plan that `checkPlan` found nothing wrong with. */
export function machineOptions(
  plan: DialoguePlan,
  source: MessageSource | null,
  local: string,
): ClientOptions {
  const { reply, greeting } = plan.target.timeouts
  return {
    ehloName: plan.target.ehloName ?? literalName(local),
    tls: plan.target.tls,
    auth: authOptions(plan),
    transaction: source && plan.message ? transaction(plan, plan.message, source) : null,
    pipelining: plan.pipelining,
    chunking: plan.extensions?.chunking === 'on',
    stopAfter: plan.stopAfter,
    stopAt: plan.stopAt,
    stopHow: plan.stopHow,
    timeouts: replyTimeouts(reply, greeting),
  }
}

/** What the machine signs in with; null where nobody is named. */
export function authOptions({ auth, target }: Pick<DialoguePlan, 'auth' | 'target'>): ClientOptions['auth'] {
  if (auth.mechanism === 'none' || !signsIn({ auth })) return null
  const { mechanism, user, password, allowUnprotected, secret, initialResponse, channelBinding } = auth
  const certificate = target.clientCertificate !== undefined
  const { host, port } = target
  return {
    mechanism, user, password, allowUnprotected, hashes, certificate, initialResponse, channelBinding, host, port, secret,
  } // prettier-ignore
}

/** Without a user there is something to sign in with only where a certificate that was asked for, or a token, says who it is. */
export const signsIn = ({ auth }: Pick<DialoguePlan, 'auth'>): boolean =>
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
  const { orcpt } = plan.dsn ?? {}
  const to = recipientsOf(plan).map((address, i) => {
    const first = orcpt === 'auto' ? address : bareAddress(orcpt?.[i] ?? '')
    return { address, parameters: [], ...(first === '' ? {} : { orcpt: first }) }
  })
  return {
    from: bareAddress(plan.envelopeFrom ?? message.from),
    fromParameters: [],
    to,
    size,
    eightBit,
    utf8,
    ...(plan.dsn === undefined ? {} : { dsn: dsnOf(plan.dsn) }),
    ...(plan.extensions === undefined ? {} : { extensions: plan.extensions }),
  }
}

/** Addresses of the envelope, each once; empty without a message. */
export function recipientsOf({ envelopeTo, message }: DialoguePlan): string[] {
  if (!message) return []
  return [...new Set((envelopeTo ?? [...message.to, ...message.cc]).map(bareAddress))]
}

const kinds = { never: 'NEVER', success: 'SUCCESS', failure: 'FAILURE', delay: 'DELAY' } as const

/** In the words of RFC 3461 §4. */
function dsnOf({ notify = [], ret, envid }: NonNullable<DialoguePlan['dsn']>): ClientDsn {
  return {
    notify: [...new Set(notify)].map((kind) => kinds[kind]),
    ret: ret === undefined ? undefined : ret === 'full' ? 'FULL' : 'HDRS',
    envid,
  }
}

/** `Anna <anna@example.com>` is `anna@example.com` in the envelope; `''` stays the null reverse-path. */
function bareAddress(typed: string): string {
  const checked = checkAddress(typed)
  return checked.ok ? checked.address : typed.trim()
}
