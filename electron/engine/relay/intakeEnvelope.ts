/**
 * Owns: an envelope as the queue keeps it: DSN parameters decoded (RFC 3461), recipients by destination in legs that travel
 * together. A local part is never interpreted: `user%other@relay.example` is somebody at relay.example, and nobody's
 * way round the rules (RFC 5321 §2.3.11).
 */
import { domainToASCII } from 'node:url'
import {
  readMailParameters,
  readRcptParameters,
  type MailParameters,
} from '#shared/smtp/grammar/parameters.ts'
import { isOwnPostmaster } from '#shared/relay/postmaster.ts'
import type { Parameter } from '#shared/smtp/machine/types.ts'
import type { RelayEnvelope } from '../server/relaying.ts'
import type { Leg, LegRecipient, QueuedMessage } from './types.ts'

/** Recipients of one leg; RFC 5321 §4.5.3.1.8 asks every server to take as many in one transaction. */
export const mostOfALeg = 100

const mailKeywords = new Set(['SIZE', 'BODY', 'SMTPUTF8', 'REQUIRETLS', 'RET', 'ENVID', 'AUTH'])
const rcptKeywords = new Set(['NOTIFY', 'ORCPT'])

/** One by one: a person may have let a MAIL pass with a parameter that cannot be read. */
export function mailParameters(parameters: readonly Parameter[]): MailParameters {
  const made: MailParameters = { smtputf8: false, requiretls: false }
  for (const parameter of parameters) {
    const read = readMailParameters([parameter], mailKeywords)
    if (!read.ok) continue
    const { smtputf8, requiretls, ...values } = read.value
    Object.assign(made, values)
    made.smtputf8 ||= smtputf8
    made.requiretls ||= requiretls
  }
  return made
}

/** `<postmaster>` without a domain is ours (RFC 5321 §4.5.1). */
export const fullAddress = (path: string, name: string): string =>
  path.includes('@') ? path : `${path}@${name}`

/** The domain in lower case, A-labels; an address literal with its brackets. */
export function domainOf(address: string): string {
  const written = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  // Only names that need it: a name of digits alone would be read as an IP address.
  return /^[\0-\x7f]*$/.test(written) ? written : domainToASCII(written) || written
}

/** Local parts differ by case (RFC 5321 §2.4), domains do not. */
const sameness = (address: string): string =>
  `${address.slice(0, address.lastIndexOf('@'))}@${domainOf(address)}`

function recipientOf(address: string, parameters: readonly Parameter[]): LegRecipient {
  const made: LegRecipient = { address, state: 'open' }
  for (const parameter of parameters) {
    const read = readRcptParameters([parameter], rcptKeywords)
    if (!read.ok) continue
    const { notify, orcpt } = read.value
    if (notify !== undefined) made.notify = notify
    if (orcpt !== undefined) made.orcpt = `${orcpt.type};${orcpt.address}`
  }
  return made
}

/** Each address once: a second RCPT of the same one changes nothing. */
export function recipientsOf({ to }: Pick<RelayEnvelope, 'to'>, name: string): LegRecipient[] {
  const seen = new Set<string>()
  return to.flatMap(({ address: path, parameters }) => {
    const address = fullAddress(path, name)
    const local = isOwnPostmaster(path)
    // With the domain written it is decided by the rules, and goes where they say.
    const same = local ? 'postmaster' : sameness(address)
    if (seen.has(same)) return []
    seen.add(same)
    const recipient = recipientOf(address, parameters)
    return [local ? { ...recipient, local } : recipient]
  })
}

export interface Destination {
  recipient: LegRecipient
  /** Where it is not the message's. */
  virtualMta: string | undefined
}

/** One for each domain and virtual MTA, and the server's own postmaster alone, in the order in which they were named, and another for more than fit into one. */
export function legsOf(message: QueuedMessage, destinations: readonly Destination[]): Leg[] {
  const legs: Leg[] = []
  const open = new Map<string, Leg>()
  for (const { recipient, virtualMta } of destinations) {
    const domain = domainOf(recipient.address)
    const key = `${domain}\n${virtualMta ?? ''}\n${recipient.local === true}`
    const before = open.get(key)
    if (before !== undefined && before.recipients.length < mostOfALeg) {
      before.recipients.push(recipient)
      continue
    }
    const leg: Leg = {
      id: `${message.id}/${legs.length + 1}`,
      message,
      domain,
      recipients: [recipient],
      state: 'waiting',
      nextAt: message.receivedAt,
      tries: 0,
      history: [],
      ...(virtualMta === undefined ? {} : { virtualMta }),
    }
    legs.push(leg)
    open.set(key, leg)
  }
  return legs
}
