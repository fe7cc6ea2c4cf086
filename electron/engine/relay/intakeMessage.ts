/**
 * Owns: what the queue is told of a message that came in, or why it is refused: what its header says of it, the Received
 * field before it, what is taken out of it, and its legs.
 */
import { isAscii } from 'node:buffer'
import { decodeWords } from 'postal-mime'
import { virtualMtaField } from '#shared/relay/outbound.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import type { Reply } from '#shared/smtp/machine/types.ts'
import type { RelayClient, RelayEnvelope, RelayStanding } from '../server/relaying.ts'
import type { Passed } from './intakeContent.ts'
import { legsOf, mailParameters, recipientsOf } from './intakeEnvelope.ts'
import { readHeader, type Header } from './intakeHeader.ts'
import { receivedField } from './intakeReceived.ts'
import { askedIn, chooseWays } from './intakeWays.ts'
import type { LegRecipient, NewQueued, QueuedMessage, RelayRulesNow } from './types.ts'

/** Received fields at which a message is taken to go in a circle: RFC 5321 §6.3 asks for a hundred at least. */
export const mostHops = 100
const longestText = 500
/** Domains that a sentence has. */
const mostNamed = 3

export interface Arrived {
  id: string
  client: RelayClient
  envelope: RelayEnvelope
  standing: RelayStanding & { receivedAt: Date }
  passed: Passed
  rules: RelayRulesNow
}

export type Made = { queued: NewQueued; remarks: string[] } | { refused: Reply }

const refusal = (code: number, enhanced: string, text: string): { refused: Reply } => ({
  refused: { code, enhanced, text: [text] },
})

const wantedOf = new WeakMap<RelayPolicy, ReadonlySet<string>>()

/** Fields that the rules go by, and those that the queue shows. */
function wantedFields(policy: RelayPolicy): ReadonlySet<string> {
  const known = wantedOf.get(policy)
  if (known !== undefined) return known
  const ruled = policy.virtualMtaRules.flatMap(({ field }) =>
    field === undefined ? [] : [field.toLowerCase()],
  )
  const made = new Set(['message-id', 'subject', virtualMtaField, ...ruled])
  wantedOf.set(policy, made)
  return made
}

const first = ({ fields }: Header, name: string): string | undefined => fields.get(name)?.[0]?.value

/** For a list's line: decoded (RFC 2047), without control characters, cut. */
function shown(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const cut = value.slice(0, longestText * 4)
  let decoded = cut
  try {
    decoded = decodeWords(cut)
  } catch {
    // A charset nobody knows: as written.
  }
  return decoded
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, longestText)
    .toWellFormed()
}

/** With its angle brackets, so that a report that names it finds it; what is no msg-id (RFC 5322 §3.6.4) is cut. */
function idOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  return /<[^<>\s]{1,996}>/.exec(value)?.[0] ?? shown(value)
}

/** What is told of a header that is longer than what was read of it. */
const unread = ({ whole }: Header, { head }: Passed): string[] =>
  whole
    ? []
    : [
        `Only the first ${head.length.toLocaleString('en-US')} octets of the header were read: Received and X-Virtual-MTA fields behind them were neither counted nor taken out.`,
      ]

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

function summary({ message, legs }: NewQueued): string {
  const recipients = legs.reduce((sum, leg) => sum + leg.recipients.length, 0)
  const domains = [...new Set(legs.map(({ domain }) => domain))]
  const named = domains.slice(0, mostNamed).join(', ')
  const more = domains.length > mostNamed ? ` and ${domains.length - mostNamed} more` : ''
  const way = message.virtualMta === undefined ? 'No virtual MTA' : `Virtual MTA ${message.virtualMta}`
  return `Queued for ${counted(recipients, 'recipient')} at ${named}${more}. ${way}, because ${message.because}.`
}

/** Refused for what the whole message shows; null when it may go on. */
function wrongWith(passed: Passed): Made | null {
  if (passed.headerLost)
    return refusal(452, '4.3.1', 'Too many large headers at once; try again later')
  if (passed.bareLineEnds)
    return refusal(550, '5.5.2', 'Bare CR or LF in the content; end every line with CRLF (RFC 5321 2.3.8)')
  return null
} // prettier-ignore

function tooFar({ received }: Header): Made | null {
  if (received < mostHops) return null
  return refusal(554, '5.4.6', `Too many hops: ${received} Received fields, so the message goes in a circle (RFC 5321 6.3)`) // prettier-ignore
}

/** The message for the queue, or why it is refused. */
export async function makeQueued(arrived: Arrived): Promise<Made> {
  const { envelope, passed, rules, client, standing } = arrived
  const header = readHeader(passed.head, passed.whole, wantedFields(rules.policy))
  const asked = askedIn(header, rules.policy, client.address)
  const wrong = wrongWith(passed) ?? tooFar(header)
  if (wrong !== null) return wrong
  if (asked === 'too many') return refusal(554, '5.6.0', `Too many ${virtualMtaField} fields`)
  const recipients = recipientsOf(envelope, rules.name)
  if (recipients.length === 0) return refusal(554, '5.5.1', 'No valid recipients')
  const of = { client: client.address, user: standing.user, sender: envelope.from, header }
  const { destinations, ...way } = await chooseWays(rules.policy, of, recipients)
  const facts = factsOf(arrived, header, recipients)
  // Text without a header would become part of our field, or a field of its own; the empty line makes it the body.
  const gap = header.direct && header.count === asked.taken ? '\r\n' : ''
  const message: QueuedMessage = { ...facts, ...way, prefix: `${facts.prefix}${gap}`, cuts: asked.cuts }
  const queued = { message, legs: legsOf(message, destinations) }
  return { queued, remarks: [summary(queued), ...asked.remarks, ...unread(header, passed)] }
}

function factsOf(
  { id, client, envelope, standing, passed, rules }: Arrived,
  header: Header,
  recipients: readonly LegRecipient[],
): Omit<QueuedMessage, 'cuts' | 'because'> {
  const { smtputf8, requiretls, ret, envid } = mailParameters(envelope.fromParameters)
  const outside = [envelope.from, ...recipients.map(({ address }) => address)].some((one) => /[^\0-\x7f]/.test(one))
  const one = recipients.length === 1 ? recipients[0]!.address : undefined
  const { user, hello, sealed, tls, receivedAt: at } = standing
  const hop = { hello, client: client.address, name: rules.name, sealed, tls, signedIn: user !== null, utf8: smtputf8, id, recipient: one, at }
  const [subject, messageId] = [shown(first(header, 'subject')), idOf(first(header, 'message-id'))]
  return {
    id,
    session: client.session,
    body: Number(id.slice(id.lastIndexOf('.') + 1)),
    receivedAt: at.getTime(),
    sender: envelope.from,
    size: passed.size,
    client: client.address,
    port: client.port,
    sealed,
    prefix: receivedField(hop),
    // As it is, whatever BODY said of it: what is ASCII can go anywhere (RFC 6152 §2).
    eightBit: passed.eightBit,
    utf8: smtputf8 && (outside || !header.whole || !isAscii(passed.head.subarray(0, header.end))),
    requireTls: requiretls,
    ...(user === null ? {} : { user }),
    ...(subject === undefined ? {} : { subject }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(ret === undefined ? {} : { ret }),
    ...(envid === undefined ? {} : { envid }),
  }
} // prettier-ignore
