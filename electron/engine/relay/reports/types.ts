/**
 * Owns: the words that the parts of this room share: what a report is made from, and what was read out of one that came
 * from elsewhere. No behaviour.
 */
import type { Leg, LegRecipient, NewQueued, RecipientOutcome, RelayRulesNow } from '../types.ts'

/** Action fields that the relay itself writes (RFC 3464 §2.3.3). */
export type ReportKind = 'failed' | 'delayed' | 'delivered' | 'relayed'

export interface Original {
  /** The header section as received; the empty line behind it may be there. */
  head: Uint8Array
  /** The whole message as received, where RET=FULL asked for it and it is small. */
  whole?: Uint8Array | undefined
}

export interface ReportGiven {
  kind: ReportKind
  leg: Leg
  /** Of those that the report is about; others in it are left out. That nobody is told twice is the queue's matter. */
  outcomes: readonly RecipientOutcome[]
  original: Original
  rules: Pick<RelayRulesNow, 'name'>
  now: Date
  /** Unique; names the report's content (as a session does), its Message-ID and its boundary. */
  uuid: string
  /** For `delayed`: when the relay gives up (Will-Retry-Until). */
  givesUpAt?: Date | undefined
}

/** A message of the relay's own for the queue. */
export interface NewReport {
  queued: NewQueued
  content: Uint8Array
}

/** One recipient that a report is about, and what became of it. */
export interface Told {
  recipient: LegRecipient
  outcome: RecipientOutcome
}

/** An address with its type, as `rfc822` or `utf-8`; both decoded. */
export interface TypedAddress {
  type: string
  address: string
}

export interface ReadRecipient {
  /** `other`: an action that RFC 3464 does not name, or none. */
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'other'
  /** Whom the report speaks of, as it names it. */
  final?: TypedAddress | undefined
  /** As the sender wrote it (ORCPT). */
  original?: TypedAddress | undefined
  /** `5.1.1`. */
  status?: string | undefined
  /** What the server said, without its type. */
  diagnostic?: string | undefined
  /** `smtp`. */
  diagnosticType?: string | undefined
  remoteMta?: string | undefined
  lastAttempt?: string | undefined
  willRetryUntil?: string | undefined
}

/** RFC 5965 §3. */
export interface Feedback {
  type: string
  userAgent?: string | undefined
  version?: string | undefined
  originalMailFrom?: string | undefined
  originalRcptTo: readonly string[]
  sourceIp?: string | undefined
  /** How many messages the report stands for. */
  incidents?: number | undefined
  authenticationResults: readonly string[]
  reportedDomain: readonly string[]
  reportedUri: readonly string[]
}

/** What names the message that a report is about. */
export interface Returned {
  messageId?: string | undefined
  /** Ids in its Received fields, newest first. */
  receivedIds: readonly string[]
  /** Addresses of its To, Cc and Bcc fields. */
  recipients: readonly string[]
  /** `headers`: only those came back. */
  kind: 'headers' | 'message'
}

export interface ReadReport {
  /** By what it was recognised. */
  form: 'delivery-status' | 'feedback-report' | 'qmail' | 'exim'
  /** The same in words. */
  recognisedBy: string
  /** Host that reports. */
  reportingMta?: string | undefined
  envelopeId?: string | undefined
  arrivalDate?: string | undefined
  recipients: readonly ReadRecipient[]
  feedback?: Feedback | undefined
  returned?: Returned | undefined
  /** The report's own, with its brackets. */
  messageId?: string | undefined
  /** Message-IDs of the report's own In-Reply-To and References. */
  references: readonly string[]
  /** What is broken or was left out, in words. */
  problems: readonly string[]
}
