/**
 * Owns: a message against what a server offers: whether it may go there at all, and its transaction. What the message needs
 * and the server does not offer is a permanent failure, said without a word to the server:
 * - larger than SIZE (RFC 1870 §6.1),
 * - SMTPUTF8 (RFC 6531 §3.5): there is no other form of such an address,
 * - 8BITMIME (RFC 6152 §3): a client must not send such octets to a server without it. Encoding the message anew is the other
 *   way that the RFC leaves, and would break its signatures,
 * - REQUIRETLS (RFC 8689 §4.2.1). The relay's own reports say nothing of the message but who failed (reports/returnedPart.ts),
 *   so they go on over verified TLS where REQUIRETLS is not offered (§5): better told than lost.
 */
import { isAscii } from '#shared/bytes/bytes.ts'
import { type Capability, has, sessionLimits, sizeLimit } from '#shared/smtp/grammar/capabilities.ts'
import { encodeXtext } from '#shared/smtp/grammar/xtext.ts'
import type { ClientTransaction, Parameter } from '#shared/smtp/machine/transaction.ts'
import type { MessageSource } from '../../dialogue/content.ts'
import type { LegRecipient, QueuedMessage, RecipientOutcome } from '../types.ts'

/** RFC 5321 §4.5.3.1.8: a server takes so many at least. */
const mostRecipients = 100

export interface Offer {
  capabilities: readonly Capability[]
  /** The connection is TLS with a verified certificate. */
  verified: boolean
}

export type Refusal = Pick<RecipientOutcome, 'words' | 'code' | 'enhanced'>

const refusal = (code: number, enhanced: string, text: string): Refusal => ({ words: `${code} ${enhanced} ${text}`, code, enhanced }) // prettier-ignore

/** Why the message cannot go to this server; null when it can. */
export function refusalBy(
  offer: Offer,
  message: QueuedMessage,
  source: Pick<MessageSource, 'size' | 'eightBit'>,
  recipients: readonly LegRecipient[],
): Refusal | null {
  const { capabilities, verified } = offer
  const limit = sizeLimit(capabilities)
  if (limit !== null && source.size > limit)
    return refusal(552, '5.3.4', `The message has ${source.size} octets; the server takes ${limit}`)
  const utf8 = message.utf8 || !isAscii(message.sender) || recipients.some(({ address }) => !isAscii(address))
  if (utf8 && !has(capabilities, 'SMTPUTF8'))
    return refusal(553, '5.6.7', 'The message needs SMTPUTF8, which the server does not offer')
  // SMTPUTF8 brings 8BITMIME with it (RFC 6531 §3.1).
  if (source.eightBit && !has(capabilities, '8BITMIME') && !utf8)
    return refusal(554, '5.6.3', 'The message has octets above 127, and the server does not offer 8BITMIME')
  const needed = message.requireTls && message.own !== true
  if (message.requireTls && (!verified || (needed && !has(capabilities, 'REQUIRETLS'))))
    return refusal(554, '5.7.30', `The message asks for REQUIRETLS, ${verified ? 'which the server does not offer' : 'and the server’s certificate is not verified'}`) // prettier-ignore
  return null
}

/** Recipients that one transaction may name. */
export const recipientsAtOnce = ({ capabilities }: Offer): number =>
  Math.min(mostRecipients, sessionLimits(capabilities).rcptMax ?? mostRecipients)

/** MAIL parameters and recipients with theirs; those of DSN only where it is offered (RFC 3461 §5.2.1). */
export function transactionFor(
  { capabilities }: Pick<Offer, 'capabilities'>,
  { sender, ret, envid, requireTls }: QueuedMessage,
  source: MessageSource,
  recipients: readonly LegRecipient[],
): ClientTransaction {
  const dsn = has(capabilities, 'DSN')
  return {
    from: sender,
    fromParameters: [],
    to: recipients.map((one) => ({ address: one.address, parameters: dsn ? dsnOf(one) : [] })),
    size: source.size,
    eightBit: source.eightBit,
    utf8: source.utf8,
    ...(dsn && (ret !== undefined || envid !== undefined) ? { dsn: { ret, envid } } : {}),
    ...(requireTls && has(capabilities, 'REQUIRETLS') ? { extensions: { requireTls } } : {}),
  }
}

function dsnOf({ notify, orcpt }: LegRecipient): Parameter[] {
  const parameters: Parameter[] = []
  if (notify !== undefined && notify.length > 0)
    parameters.push({ keyword: 'NOTIFY', value: notify.join(',') })
  const colon = orcpt?.indexOf(';') ?? -1
  // What is no xtext (an address outside ASCII, RFC 6533 §3) is left out: a server may refuse the recipient for it.
  if (orcpt !== undefined && colon > 0 && isAscii(orcpt))
    parameters.push({
      keyword: 'ORCPT',
      value: `${orcpt.slice(0, colon)};${encodeXtext(orcpt.slice(colon + 1))}`,
    })
  return parameters
}
