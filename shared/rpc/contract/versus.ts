/**
 * Owns: SMTP against an HTTP API: the same message sent both ways to servers of this computer's own, over a line with a
 * simulated round-trip time, and what was counted and measured.
 */
import { z } from 'zod'
import { FieldProblem } from './fieldProblem.ts'
import { call, nothing, stream } from './kinds.ts'
import { Message } from './message.ts'

export const versusLimits = { messages: 200, roundTrip: 500 } as const

/** One round trip: what one side said before it had to wait for the other. */
export const RoundTrip = z.object({
  /** As `MAIL, RCPT, DATA`. */
  what: z.string(),
  /** `twice`: a TLS 1.2 handshake waits two times. */
  times: z.int().min(1),
  /** Event at which the wait was over. */
  seq: z.int().min(1),
})
export type RoundTrip = z.infer<typeof RoundTrip>

export const VersusSide = z.object({
  /** The first connection's transcript. */
  session: z.string(),
  outcome: z.enum(['completed', 'failed', 'cancelled']),
  /** Why it failed, in words. */
  problem: z.string().optional(),
  messages: z.int().min(0),
  connections: z.int().min(0),
  handshakes: z.int().min(0),
  /** Counted from the transcripts of all connections. */
  roundTrips: z.int().min(0),
  /** Those of the first connection, one by one; the first two hundred. */
  trips: z.array(RoundTrip),
  /** Times that the line turned round, connecting included: seen by whoever carries the octets, who cannot read them. */
  turns: z.int().min(0),
  /** On the wire, TLS included, without TCP and IP. */
  octetsOut: z.int().min(0),
  octetsIn: z.int().min(0),
  /** Microseconds from the first connect to the last answer. */
  took: z.int().min(0),
  /** Microseconds until the first message was taken. */
  first: z.int().min(0).optional(),
})
export type VersusSide = z.infer<typeof VersusSide>

export const VersusRequest = z.object({
  message: Message,
  messages: z.int().min(1).max(versusLimits.messages).default(1),
  smtp: z
    .object({
      pipelining: z.boolean().default(false),
      tls: z.enum(['none', 'starttls', 'implicit']).default('starttls'),
      tlsVersion: z.enum(['1.2', '1.3']).default('1.3'),
      /** All messages on one connection. */
      reuse: z.boolean().default(false),
    })
    .prefault({}),
  http: z
    .object({
      api: z.enum(['form', 'json']).default('json'),
      tls: z.boolean().default(true),
      tlsVersion: z.enum(['1.2', '1.3']).default('1.3'),
      reuse: z.boolean().default(false),
    })
    .prefault({}),
  /** Milliseconds of simulated round-trip time. */
  roundTrip: z.int().min(0).max(versusLimits.roundTrip).default(50),
})
export type VersusRequest = z.input<typeof VersusRequest>
export type VersusPlan = z.infer<typeof VersusRequest>

export const VersusProgress = z.object({
  side: z.enum(['smtp', 'http', 'done']),
  /** Messages taken so far on that side. */
  messages: z.int().min(0),
  of: z.int().min(1),
})
export type VersusProgress = z.infer<typeof VersusProgress>

export const VersusResult = z.object({
  plan: VersusRequest.omit({ message: true }),
  smtp: VersusSide,
  http: VersusSide,
  /** What made the difference. */
  sentence: z.string(),
})
export type VersusResult = z.infer<typeof VersusResult>

const RunId = z.object({ id: z.string().min(1) })

export const versus = {
  'versus.start': call(
    VersusRequest,
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), id: z.string() }),
      z.object({ ok: z.literal(false), problems: z.array(FieldProblem) }),
    ]),
  ),
  'versus.progress': stream(RunId, VersusProgress),
  /** Waits until both ways are done. */
  'versus.result': call(RunId, VersusResult),
  'versus.cancel': call(RunId, nothing),
}
