/** Owns: from a checked plan to what the client machine is told. */
import { createHmac } from 'node:crypto'
import { isIP } from 'node:net'
import type { DialoguePlan } from '#shared/rpc/contract/dialogue.ts'
import { checkAddress } from '#shared/smtp/grammar/addressList.ts'
import type { ClientOptions, ClientTimeouts, Hashes } from '#shared/smtp/machine/options.ts'
import type { MessageSource } from './content.ts'

/** Node's digests; `md5` only for CRAM-MD5, which the user chose or the server left nothing better to. */
export const hashes: Hashes = {
  hmac: (algorithm, key, data) => new Uint8Array(createHmac(algorithm, key).update(data).digest()),
}

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

function authOptions({ auth }: DialoguePlan): ClientOptions['auth'] {
  if (auth.mechanism === 'none' || auth.user === '') return null
  const { mechanism, user, password, allowUnprotected } = auth
  return { mechanism, user, password, allowUnprotected, hashes }
}

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
