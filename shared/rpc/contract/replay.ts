/** Owns: replaying a recording: its client side to a server that the person names, its server side to any client. */
import { z } from 'zod'
import { ByteString, MaskedRange, tlsModes } from '../../transcript/event.ts'
import { Auth, Breakpoint, FieldProblem, LineDelay, StartAnswer, Target } from './dialogue.ts'
import { call, nothing, SessionId, stream } from './kinds.ts'

/** What of a recording would be said, and what could be answered. */
export const ReplayPreview = z.object({
  client: z.object({
    /** The first lines, masked; content as its size. */
    lines: z.array(
      z.object({
        raw: ByteString,
        masked: z.array(MaskedRange),
        verb: z.string().optional(),
        octets: z.int().optional(),
      }),
    ),
    /** All lines, content counted as one. */
    total: z.int(),
    /** As "PLAIN": the recording signs in, which needs a user and a password anew. */
    mechanisms: z.array(z.string()),
    recipients: z.array(z.string()),
    /** Sentences on what will be left out. */
    notes: z.array(z.string()),
    tls: z.enum(tlsModes),
    /** Why nothing can be sent. */
    problem: z.string().optional(),
  }),
  server: z.object({
    tls: z.enum(['none', 'starttls', 'implicit']),
    notes: z.array(z.string()),
    /** Why it cannot be answered again. */
    problem: z.string().optional(),
  }),
})
export type ReplayPreview = z.infer<typeof ReplayPreview>

export const ReplayClientRequest = SessionId.extend({
  /** Where it goes: nothing of the recording's own host is used. */
  target: Target,
  /** Given anew, since no recording keeps a secret; `auto` takes the recorded mechanism. Absent: AUTH is left out. */
  auth: Auth.optional(),
  /** `recorded` waits between the lines as the recorded client did. */
  pace: z.enum(['fast', 'recorded']).default('fast'),
  step: z.boolean().default(false),
  breakpoints: z.array(Breakpoint).default([]),
  delay: LineDelay.default(0),
})
export type ReplayClientPlan = z.infer<typeof ReplayClientRequest>

/** A port that answers as recorded. */
export const ReplayServer = z.object({
  id: z.string(),
  /** The recording. */
  session: z.string(),
  title: z.string(),
  address: z.string(),
  port: z.int(),
  tls: z.enum(['none', 'starttls', 'implicit']),
  pace: z.enum(['fast', 'recorded']),
  /** Clients now, and so far. */
  sessions: z.int(),
  total: z.int(),
  /** The newest sessions, the newest first. */
  latest: z.array(z.string()),
  notes: z.array(z.string()),
})
export type ReplayServer = z.infer<typeof ReplayServer>

const list = z.object({ replays: z.array(ReplayServer) })

export const replay = {
  'replay.preview': call(SessionId, ReplayPreview),
  /** A dialogue as any other from then on: `dialogue.act`, `dialogue.gate` and `dialogue.result` know it. */
  'replay.client': call(ReplayClientRequest, StartAnswer),
  'replay.server': call(
    SessionId.extend({
      listener: z
        .object({ address: z.string().default('127.0.0.1'), port: z.int().min(0).max(65535).default(0) })
        .prefault({}),
      pace: z.enum(['fast', 'recorded']).default('fast'),
    }),
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), replay: ReplayServer }),
      z.object({ ok: z.literal(false), problems: z.array(FieldProblem) }),
    ]),
  ),
  'replay.stop': call(z.object({ id: z.string() }), z.object({ stopped: z.boolean() })),
  'replay.list': call(nothing, list),
  'replay.changes': stream(nothing, list),
}
