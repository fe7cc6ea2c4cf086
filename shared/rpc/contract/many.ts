/**
 * Owns: sending the same message many times over many connections, as a load or to find a server's limits. Only to this
 * computer, or to a host that was confirmed by name.
 */
import { z } from 'zod'
import { DialogueRequest } from './dialogue.ts'
import { FieldProblem } from './fieldProblem.ts'
import { call, stream } from './kinds.ts'

export const mostMessages = 1_000_000
export const mostConnections = 500
/** Messages a second. */
export const mostRate = 100_000
/** From so many messages on a person confirms a host that is not this computer in words of their own. */
export const confirmAbove = 100

export const ManyRequest = z.object({
  /** As for one message. `{{n}}`, `{{uuid}}` and `{{date}}` differ in each. Steps, breakpoints and stop points have no place here. */
  request: DialogueRequest,
  messages: z.int().min(1).max(mostMessages),
  connections: z.int().min(1).max(mostConnections).default(1),
  /** Messages on one connection before the next is opened; 0: as many as it takes. */
  perConnection: z.int().min(0).max(mostMessages).default(0),
  /** Messages a second at most, all connections together; absent: as fast as it goes. */
  rate: z.number().positive().max(mostRate).optional(),
  /** The target's host, typed once more; not needed for this computer's own addresses. */
  confirmedHost: z.string().default(''),
})
export type ManyRequest = z.input<typeof ManyRequest>
export type ManyPlan = z.infer<typeof ManyRequest>

const count = z.int().min(0)
const micros = z.int().min(0)

/** Microseconds; each within 1 % of the true value. */
export const Percentiles = z.object({
  count,
  p50: micros,
  p90: micros,
  p99: micros,
  p999: micros,
  max: micros,
})
export type Percentiles = z.infer<typeof Percentiles>

/** Messages that failed or were refused in one way, for some of their recipients at least. */
export const ManyFailure = z.object({
  /** A finding's code, or `reply-4xx`, `reply-5xx`. Several kinds share one where the server's reply codes differ. */
  code: z.string(),
  /** What the first one was told. */
  message: z.string(),
  /** What to do about it. */
  next: z.string().optional(),
  count,
  /** A recorded dialogue in which it happened; absent when it could not be kept. */
  session: z.string().optional(),
})
export type ManyFailure = z.infer<typeof ManyFailure>

/** How a run stands. `accepted + rejected + failed + unsent` is `messages`, where `unsent` are those still to come. */
export const ManyProgress = z.object({
  phase: z.enum(['running', 'backing-off', 'cancelling', 'done']),
  messages: count,
  /** The server took the message, for one recipient at least. */
  accepted: count,
  /** Of these: it refused some of the recipients. */
  partly: count,
  /** The server refused it, for now (4xx) or for good (5xx). */
  rejected: count,
  /** No answer: connection, TLS, sign-in, a break in the middle. */
  failed: count,
  unsent: count,
  /** Octets of accepted messages. */
  octets: count,
  connections: z.object({ open: count, opened: count, failed: count }),
  /** Messages accepted, refused or failed in the last second, and over the whole run. */
  rate: z.number().min(0),
  average: z.number().min(0),
  /** Microseconds since the beginning. */
  elapsed: micros,
  /** From dialling until the first MAIL could be said: TCP, greeting, TLS, sign-in. */
  connect: Percentiles.nullable(),
  /** From MAIL to the reply to the end of the message, of accepted ones. */
  latency: Percentiles.nullable(),
  failures: z.array(ManyFailure),
  /** How often sending paused because the server asked for it, and why the last time. */
  backedOff: z.object({ times: count, message: z.string().optional() }),
  /** Dialogues that were recorded, of all connections. */
  kept: z.array(z.string()),
  done: z.boolean(),
})
export type ManyProgress = z.infer<typeof ManyProgress>

export const ManyResult = ManyProgress.extend({
  outcome: z.enum(['accepted', 'partly-accepted', 'rejected', 'failed', 'stopped']),
  /** One sentence for a person. */
  message: z.string(),
  next: z.string().optional(),
})
export type ManyResult = z.infer<typeof ManyResult>

const Id = z.object({ id: z.string().min(1) })

export const many = {
  'many.start': call(
    ManyRequest,
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), id: z.string() }),
      z.object({ ok: z.literal(false), problems: z.array(FieldProblem) }),
    ]),
  ),
  /** Some times a second; ends with the run. */
  'many.progress': stream(Id, ManyProgress),
  /** Answers when the run has ended. */
  'many.result': call(Id, ManyResult),
  /** Begins no more messages; what is on its way is finished politely, for two seconds at most. */
  'many.cancel': call(Id, z.object({ ok: z.boolean() })),
}
