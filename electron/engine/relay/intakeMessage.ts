/**
 * Owns: what the queue is told of a message that came in: what its header says of it, the Received field before it, the
 * X-Virtual-MTA field taken out where its client may say one, and the virtual MTA that each recipient goes by.
 */
import { isAscii } from 'node:buffer'
import { decodeWords } from 'postal-mime'
import { chooseVirtualMta, virtualMtaField, type OutboundChoice } from '#shared/relay/outbound.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { directiveFor } from '#shared/relay/sources.ts'
import type { Reply } from '#shared/smtp/machine/types.ts'
import type { RelayClient, RelayEnvelope, RelayStanding } from '../server/relaying.ts'
import type { Passed } from './intakeContent.ts'
import { legsOf, mailParameters, recipientsOf, type Destination } from './intakeEnvelope.ts'
import { mostOfAName, readHeader, type Header } from './intakeHeader.ts'
import { receivedField } from './intakeReceived.ts'
import type { LegRecipient, NewQueued, QueuedMessage, RelayRulesNow } from './types.ts'

/** Received fields at which a message is taken to go in a circle: RFC 5321 §6.3 asks for a hundred at least. */
export const mostHops = 100
const longestText = 500
/** Recipients for each of whom the rules are looked through, before others have their turn. */
const inOneTurn = 50

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

/** Neighbours become one: fewer places to look at when it is sent. */
function cutsOf({ fields }: Header): [number, number][] {
  const cuts: [number, number][] = []
  for (const { from, to } of fields.get(virtualMtaField) ?? []) {
    const before = cuts.at(-1)
    if (before?.[1] === from) before[1] = to
    else cuts.push([from, to])
  }
  return cuts
}

interface Chosen {
  recipient: LegRecipient
  choice: OutboundChoice
}

/** Rules that name a recipient give each their own; else one choice holds for all. */
async function chooseAll({ client, envelope, standing, rules }: Arrived, header: Header, recipients: readonly LegRecipient[]): Promise<Chosen[]> {
  const { policy } = rules
  const headers = new Map([...header.fields].map(([name, [field]]) => [name, field!.value]))
  const { user } = standing
  const choose = (recipient: string) =>
    chooseVirtualMta(policy, { client: client.address, ...(user === null ? {} : { user }), sender: envelope.from, recipient, headers })
  const each = policy.virtualMtaRules.some(({ of }) => of === 'rcpt-to')
  const all: Chosen[] = []
  for (const [place, recipient] of recipients.entries()) {
    if (each && place > 0 && place % inOneTurn === 0) await new Promise(setImmediate)
    const choice = each || place === 0 ? choose(recipient.address) : all[0]!.choice
    all.push({ recipient, choice })
  }
  return all
} // prettier-ignore

const mtaWords = ({ virtualMta }: OutboundChoice): string =>
  virtualMta === undefined ? 'no virtual MTA' : `virtual MTA ${virtualMta}`

/** Ways that a sentence has. */
const mostWays = 3

/** One choice for all is the message's; several are their legs', and the message has none. */
function together(chosen: readonly Chosen[]): { virtualMta?: string; because: string; destinations: Destination[] } {
  const ways = new Map(chosen.map(({ choice }) => [choice.virtualMta, choice]))
  if (ways.size <= 1) {
    const { virtualMta, because } = chosen[0]!.choice
    const destinations = chosen.map(({ recipient }) => ({ recipient, virtualMta: undefined }))
    return { ...(virtualMta === undefined ? {} : { virtualMta }), because, destinations }
  }
  const told = [...ways.values()].slice(0, mostWays).map((choice) => `${mtaWords(choice)}, because ${choice.because}`)
  const more = ways.size > mostWays ? [`${ways.size - mostWays} more`] : []
  return {
    because: `its recipients go different ways: ${[...told, ...more].join('; ')}`,
    destinations: chosen.map(({ recipient, choice }) => ({ recipient, virtualMta: choice.virtualMta })),
  }
} // prettier-ignore

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
  const named = domains.slice(0, mostWays).join(', ')
  const more = domains.length > mostWays ? ` and ${domains.length - mostWays} more` : ''
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

function tooFar({ received, fields }: Header): Made | null {
  if (received >= mostHops)
    return refusal(554, '5.4.6', `Too many hops: ${received} Received fields, so the message goes in a circle (RFC 5321 6.3)`)
  return (fields.get(virtualMtaField)?.length ?? 0) >= mostOfAName
    ? refusal(554, '5.6.0', `Too many ${virtualMtaField} fields`)
    : null
} // prettier-ignore

/** The message for the queue, or why it is refused. */
export async function makeQueued(arrived: Arrived): Promise<Made> {
  const { envelope, passed, rules, client } = arrived
  const header = readHeader(passed.head, passed.whole, wantedFields(rules.policy))
  const wrong = wrongWith(passed) ?? tooFar(header)
  if (wrong !== null) return wrong
  const recipients = recipientsOf(envelope, rules.name)
  if (recipients.length === 0) return refusal(554, '5.5.1', 'No valid recipients')
  const { destinations, ...way } = together(await chooseAll(arrived, header, recipients))
  const mayAsk = directiveFor(rules.policy, client.address, 'processVirtualMtaHeader') === true
  const taken = mayAsk ? (header.fields.get(virtualMtaField)?.length ?? 0) : 0
  // Text without a header would become part of our field, or a field of its own; the empty line makes it the body.
  const gap = header.direct && header.count === taken ? '\r\n' : ''
  const facts = factsOf(arrived, header, recipients)
  const message: QueuedMessage = { ...facts, ...way, prefix: `${facts.prefix}${gap}`, cuts: mayAsk ? cutsOf(header) : [] }
  const queued = { message, legs: legsOf(message, destinations) }
  return { queued, remarks: [summary(queued), ...unread(header, passed)] }
} // prettier-ignore

function factsOf(
  { id, client, envelope, standing, passed, rules }: Arrived,
  header: Header,
  recipients: readonly LegRecipient[],
): Omit<QueuedMessage, 'cuts' | 'because'> {
  const { body, smtputf8, requiretls, ret, envid } = mailParameters(envelope.fromParameters)
  const outside = [envelope.from, ...recipients.map(({ address }) => address)].some((one) => /[^\0-\x7f]/.test(one)) // eslint-disable-line no-control-regex -- ASCII
  const one = recipients.length === 1 ? recipients[0]!.address : undefined
  const { user, hello, sealed, tls, receivedAt: at } = standing
  const hop = { hello, client: client.address, name: rules.name, sealed, tls, signedIn: user !== null, utf8: smtputf8, id, recipient: one, at }
  const [subject, messageId] = [shown(first(header, 'subject')), shown(first(header, 'message-id'))]
  return {
    id,
    session: client.session,
    body: Number(id.slice(id.lastIndexOf('.') + 1)),
    receivedAt: at.getTime(),
    sender: envelope.from,
    size: passed.size,
    client: client.address,
    prefix: receivedField(hop),
    eightBit: passed.eightBit || (body !== undefined && body !== '7BIT'),
    utf8: smtputf8 && (outside || !header.whole || !isAscii(passed.head.subarray(0, header.end))),
    requireTls: requiretls,
    ...(user === null ? {} : { user }),
    ...(subject === undefined ? {} : { subject }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(ret === undefined ? {} : { ret }),
    ...(envid === undefined ? {} : { envid }),
  }
} // prettier-ignore
