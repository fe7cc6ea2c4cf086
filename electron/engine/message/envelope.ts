/**
 * Owns: whom MAIL and RCPT will name. The envelope is apart from the header fields: Bcc stands in it alone, and a person
 * may give one that differs (RFC 5321 §2.3.1).
 */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { type NamedAddress, readMailbox, readMailboxes } from './addresses.ts'
import { problemOf } from './problems.ts'

export interface Envelope {
  /** `''` is the null reverse-path. */
  from: string
  /** Each mailbox once, in their order. */
  to: string[]
}

export interface GivenEnvelope {
  envelopeFrom?: string | undefined
  envelopeTo?: readonly string[] | undefined
}

const noRecipient = 'There is no recipient: give at least one address.'

/** `from` and `to` are what the message names; null or empty where it names none. */
export function readEnvelope(
  given: GivenEnvelope,
  from: string | null,
  to: readonly string[],
  problems: FieldProblem[],
): Envelope {
  const before = problems.length
  const sender =
    given.envelopeFrom === undefined || given.envelopeFrom === ''
      ? (given.envelopeFrom ?? from)
      : (readMailbox('envelopeFrom', given.envelopeFrom, problems)?.address ?? null)
  const recipients =
    given.envelopeTo === undefined ? to : bare(readMailboxes('envelopeTo', given.envelopeTo, problems))
  if (recipients.length === 0 && problems.length === before && !problems.some(isAboutRecipients))
    problems.push(problemOf(given.envelopeTo === undefined ? 'message.to' : 'envelopeTo', '', noRecipient))
  return { from: sender ?? '', to: [...new Set(recipients)] }
}

export const bare = (addresses: readonly NamedAddress[]): string[] => addresses.map(({ address }) => address)

/** A recipient that could not be read is the reason why there is none. */
const isAboutRecipients = ({ field }: FieldProblem): boolean => /^message\.(?:to|cc|bcc)/u.test(field)
