/**
 * Owns: what waits in the relay's queue and how it stands: states, tries, entries, the reports that came back, and what may
 * be done to which of them. Moments are ISO 8601 in UTC.
 */
import { z } from 'zod'

const count = z.int().min(0)
const Moment = z.iso.datetime()

/**
 * `waiting`: its next try has a time; `delivering`: a try runs; `held`: it waits for a person (not allowed, or held by
 * hand); `delivered`, `bounced`, `dropped`: over.
 */
export const legStates = ['waiting', 'delivering', 'held', 'delivered', 'bounced', 'dropped'] as const
export const LegState = z.enum(legStates)
export type LegState = z.infer<typeof LegState>

/** One try: a dot on the time line. */
export const LegTry = z.object({
  at: Moment,
  outcome: z.enum(['delivered', 'partly', 'again', 'failed']),
  /** What the server said last, or what kept it from saying: `450 4.2.0 Greylisted`. */
  words: z.string(),
  /** The delivery's dialogue, and the event at which this message begins in it. */
  session: z.string().optional(),
  seq: z.int().optional(),
  /** Where it went: `mx1.gannet.example:25`. */
  host: z.string().optional(),
  /** As `TLS 1.3, verified`, `in clear`. */
  sealed: z.string().optional(),
})
export type LegTry = z.infer<typeof LegTry>

/** A message on its way to one destination: recipients that travel together. */
export const QueueItem = z.object({
  id: z.string(),
  /** `SESSION.BODY` of the message as it came in; its dialogue is SESSION. */
  message: z.string(),
  receivedAt: Moment,
  sender: z.string(),
  subject: z.string().optional(),
  size: count,
  domain: z.string(),
  /** The first of those that the state speaks of: open, delivered, failed (of `bounced`) or dropped. */
  recipient: z.string(),
  recipients: z.object({ all: count, open: count, delivered: count, failed: count }),
  state: LegState,
  /** When it is tried next; only while `waiting`. */
  nextAt: Moment.optional(),
  /** Tries so far. */
  tries: count,
  /** What is happening, or what was said last: `Certificate is for another name`. */
  words: z.string(),
  /** Held because nobody allowed these hosts: any one of them lets it go, the domain first. */
  toAllow: z.array(z.string()).optional(),
  virtualMta: z.string().optional(),
  /** When it goes back to its sender. */
  givesUpAt: Moment.optional(),
})
export type QueueItem = z.infer<typeof QueueItem>

export const QueueDetail = QueueItem.extend({
  /** The newest fifty, oldest first. */
  history: z.array(LegTry),
  /** At most 1,000. */
  addresses: z.array(
    z.object({
      address: z.string(),
      state: z.enum(['open', 'delivered', 'failed', 'dropped']),
      words: z.string().optional(),
    }),
  ),
  /** What holds for it: TLS, waits, limits, each with where it comes from. */
  rules: z.array(z.string()),
  /** Why this virtual MTA. */
  because: z.string(),
  /** Reports about it that came back later. */
  reports: z.array(z.string()),
})
export type QueueDetail = z.infer<typeof QueueDetail>

export const QueueCounts = z.object({
  waiting: count,
  delivering: count,
  held: count,
  delivered: count,
  bounced: count,
  dropped: count,
})
export type QueueCounts = z.infer<typeof QueueCounts>

/** A bounce or a complaint that came in from elsewhere (RFC 3464, RFC 5965). */
export const RelayReport = z.object({
  id: z.string(),
  at: Moment,
  kind: z.enum(['failed', 'delayed', 'delivered', 'relayed', 'expanded', 'abuse', 'other']),
  /** Whom it speaks of. */
  recipient: z.string(),
  /** `5.1.1`. */
  status: z.string().optional(),
  words: z.string(),
  /** The queue's entry that it speaks of, where one was found. */
  leg: z.string().optional(),
  /** By what it was found: `Original-Envelope-Id`, `Message-ID of the returned headers`, ... */
  foundBy: z.string().optional(),
  /** The session that brought it. */
  session: z.string(),
})
export type RelayReport = z.infer<typeof RelayReport>

export const queueActs = ['retry', 'hold', 'release', 'drop', 'bounce', 'use-mta'] as const
/** To single entries, or those of messages by the messages' ids; to all of a domain, or to all that are open. */
export const QueueTarget = z.union([
  z.object({ ids: z.array(z.string()).min(1).max(1000) }),
  z.object({ domain: z.string().min(1).max(255) }),
  z.object({ all: z.literal(true) }),
])
export type QueueTarget = z.infer<typeof QueueTarget>
