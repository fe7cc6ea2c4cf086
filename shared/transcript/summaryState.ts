/** Owns: the shape of what `summarize` remembers of a session. Fixed size; no behaviour. */
import type { EventOf, Phase, SessionHead } from './event.ts'

/** A step that a reply decides. */
export type Step = 'ehlo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'body'

/** What the reducer remembers. `undefined` codes have not been seen. */
export interface SummaryState {
  readonly head: SessionHead
  events: number
  took: number
  /** How far the dialogue came, as the phase of the last line or reply; `dns` when nothing was said yet. */
  reached: Phase
  /** Verb of the last command, for "Client left after EHLO". */
  verb: string
  connect: EventOf<'connect'>['outcome'] | undefined
  /** A name was asked for and no address came. */
  nameFailed: boolean
  greeting: number | undefined
  /** The greeting, or another reply, could not be read as SMTP. */
  notSmtp: boolean
  tls: 'established' | 'failed' | undefined
  tlsVersion: string | undefined
  /** The last EHLO reply: did it offer STARTTLS? */
  starttlsOffered: boolean | undefined
  /** Last final replies that refused, per step; cleared when the step succeeds later. */
  refused: Partial<Record<Step, number>>
  authenticated: boolean
  /** The client gave AUTH up with `*` (RFC 4954 §4): the 501 that answers it refuses nobody. */
  gaveUpAuth: boolean
  /** A refusal that stood inside the exchange, as SCRAM's `e=` does, before it was given up. */
  refusedInside: boolean
  /** Replies still owed to BDAT chunks that do not end their message (RFC 3030 §2): they accept nothing yet. */
  chunksOwed: number
  /** Content has begun and its end was not seen: neither the final dot nor BDAT LAST. */
  inContent: boolean
  recipients: { accepted: number; refused: number }
  /** Messages accepted, and the code of the last acceptance. */
  accepted: number
  acceptedCode: number
  /** A log says that a message was taken, and has no reply that says so. */
  taken: boolean
  /** Worst finding so far. */
  worst: 'error' | 'warning' | undefined
  end: Pick<EventOf<'end'>, 'outcome' | 'by'> | undefined
}
