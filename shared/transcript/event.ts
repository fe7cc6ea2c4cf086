/**
 * Owns: the schema of a transcript event and of a session's head. One schema for probes, sends, the local server,
 * relay deliveries and imports. A transcript is append-only; nothing here knows how it is stored or shown.
 *
 * Raw bytes are kept exactly, as byte strings (one character U+0000 to U+00FF per octet), so a case file stays
 * readable. The one exception is a secret: it is replaced where it is born by eight asterisks, and `masked` names the
 * replaced ranges. The length of the mask says nothing about the length of the secret.
 */
import { z } from 'zod'

export const phases = [
  'dns', 'tcp', 'banner', 'ehlo', 'starttls', 'tls', 'auth', 'mail', 'rcpt', 'data', 'body', 'quit', 'other',
] as const // prettier-ignore
export const Phase = z.enum(phases)
export type Phase = z.infer<typeof Phase>

/** Towards which end the bytes travelled; `none` for what did not travel (a look-up, a wait, a finding). */
export const Direction = z.enum(['to-server', 'to-client', 'none'])
export type Direction = z.infer<typeof Direction>

/** One character U+0000 to U+00FF per octet. */
export const ByteString = z
  .string()
  // eslint-disable-next-line no-control-regex -- a byte string holds control octets
  .regex(/^[\u0000-\u00ff]*$/u, 'a byte string has characters up to U+00FF only')

/** Octets [start, end) of `raw` that stand for a secret. */
export const MaskedRange = z.object({ start: z.int().min(0), end: z.int().min(0) })
export type MaskedRange = z.infer<typeof MaskedRange>

const Fault = z.object({ code: z.string(), message: z.string() })
const micros = z.int().min(0)

export const Certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** subjectAltName entries as `DNS:name` or `IP:address`. */
  names: z.array(z.string()),
  validFrom: z.string(),
  validTo: z.string(),
  serial: z.string(),
  fingerprint256: z.string(),
  key: z.string().optional(),
  /** How it is signed, as "RSA with SHA-256". */
  signature: z.string().optional(),
  /** Extended key usage, as `server` or `client`; absent: for everything, or not known. */
  purposes: z.array(z.string()).optional(),
})
export type Certificate = z.infer<typeof Certificate>

const base = {
  session: z.string().min(1),
  /** From 1, without gaps. */
  seq: z.int().min(1),
  /**
   * Monotonic microseconds since the session began: when the event was complete. What has a `took` began that much
   * earlier, so that the gap before an event is what was waited for it.
   */
  at: micros,
  phase: Phase,
  direction: Direction,
  /** True when the bytes travelled inside TLS. */
  sealed: z.boolean().optional(),
}

const bytes = { raw: ByteString, masked: z.array(MaskedRange).optional() }

export const findingBody = {
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info', 'good']),
  side: z.enum(['this-computer', 'network', 'server', 'client', 'unknown']),
  confidence: z.enum(['certain', 'likely', 'possible']),
  /** Sequence numbers of the events that prove it. */
  evidence: z.array(z.int().min(1)),
  message: z.string(),
  next: z.string(),
  references: z.array(z.string()).optional(),
}

export const connectOutcomes = [
  'connected', 'refused', 'timeout', 'reset', 'unreachable', 'denied', 'cancelled', 'failed',
] as const // prettier-ignore

export const endOutcomes = [
  'completed', 'closed', 'reset', 'timeout', 'refused', 'failed', 'dropped', 'cancelled',
] as const // prettier-ignore

/** Characters of one remark; a longer stretch becomes several. */
export const remarkLimit = 16_384

export const TranscriptEvent = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    kind: z.literal('resolve'),
    name: z.string(),
    /** Address family asked for; 0 for both. */
    family: z.union([z.literal(0), z.literal(4), z.literal(6)]),
    addresses: z.array(z.object({ address: z.string(), family: z.union([z.literal(4), z.literal(6)]) })),
    /** `IP:PORT` of the name server that was asked; absent for the system's own look-up. */
    server: z.string().optional(),
    took: micros,
    fault: Fault.optional(),
  }),
  z.object({
    ...base,
    kind: z.literal('connect'),
    address: z.string(),
    port: z.int().min(0).max(65535),
    family: z.union([z.literal(4), z.literal(6)]),
    local: z.object({ address: z.string(), port: z.int() }).optional(),
    took: micros,
    outcome: z.enum(connectOutcomes),
    fault: Fault.optional(),
  }),
  /**
   * One line from the client: a command, an AUTH response, or something unknown; of HTTP a request's start line and
   * fields. `raw` includes the line end.
   */
  z.object({
    ...base,
    ...bytes,
    kind: z.literal('line'),
    /** Upper-case verb when the line is a command. */
    verb: z.string().optional(),
    /** A person changed, inserted or repeated this line before it was sent. */
    edited: z.boolean().optional(),
    /** With `edited`: inserted or repeated, so that it stands in no line's place. */
    added: z.boolean().optional(),
    /** Only the first octets of an over-long line are kept; this is how many octets the line had. */
    cutFrom: z.int().optional(),
  }),
  /** One whole reply, all its lines. `raw` includes every line end (RFC 5321 §4.2.1). Of HTTP a response, its body included. */
  z.object({
    ...base,
    ...bytes,
    kind: z.literal('reply'),
    /** Absent when the reply could not be read as what is spoken. */
    code: z.int().min(100).max(999).optional(),
    /** As `2.1.0` (RFC 3463). */
    enhanced: z.string().optional(),
    edited: z.boolean().optional(),
    added: z.boolean().optional(),
    malformed: z.string().optional(),
    cutFrom: z.int().optional(),
  }),
  z.object({
    ...base,
    kind: z.literal('tls'),
    outcome: z.enum(['established', 'failed']),
    took: micros,
    version: z.string().optional(),
    cipher: z.string().optional(),
    group: z.string().optional(),
    alpn: z.string().optional(),
    sni: z.string().optional(),
    resumed: z.boolean().optional(),
    /** The chain led to a trusted root and the name matched. */
    verified: z.boolean().optional(),
    /** Why it is not verified, as a code and in words. */
    problem: Fault.optional(),
    /** From the server's own certificate upwards. */
    chain: z.array(Certificate).optional(),
    fault: Fault.optional(),
  }),
  /** A stretch of message content. The octets are kept beside the transcript under `body`, or here in a file. */
  z.object({
    ...base,
    kind: z.literal('chunk'),
    /** Identifies the body inside the session, from 1. */
    body: z.int().min(1),
    offset: z.int().min(0),
    /** Octets of content: dot-stuffing and the final dot are not counted. */
    size: z.int().min(0),
    last: z.boolean(),
    /** `data`: with dots stuffed; `bdat`: as it is, its length told before. A body of HTTP is `bdat`. */
    encoding: z.enum(['data', 'bdat']),
    raw: ByteString.optional(),
  }),
  /** Time that a person or a rule held the dialogue. It is never counted as the other side's time. */
  z.object({ ...base, kind: z.literal('wait'), why: z.enum(['gate', 'breakpoint', 'delay']), took: micros }),
  /** A person changed what would have happened. `before` and `after` are masked like any line. */
  z.object({
    ...base,
    kind: z.literal('edit'),
    action: z.enum(['edited', 'skipped', 'inserted', 'repeated', 'dropped', 'reset']),
    before: ByteString.optional(),
    after: ByteString.optional(),
  }),
  z.object({ ...base, ...findingBody, kind: z.literal('finding') }),
  /**
   * What belongs beside the dialogue: what an imported text holds besides, so that none of its lines is lost, whoever
   * wrote it (then `line` is there); or what DNS and a policy host were asked for it and answered.
   */
  z.object({
    ...base,
    kind: z.literal('remark'),
    /** Lines joined by a line feed, secrets as eight asterisks. */
    text: z.string().max(remarkLimit),
    /** False for what no reader knows: it is shown as it stands. */
    understood: z.boolean(),
    /** Line of the imported text where it begins, from 1. */
    line: z.int().min(1).optional(),
    /** Only the beginning of an over-long line is kept; this is how many characters the line had. */
    cutFrom: z.int().optional(),
  }),
  z.object({
    ...base,
    kind: z.literal('end'),
    outcome: z.enum(endOutcomes),
    by: z.enum(['client', 'server', 'network', 'person', 'this-computer']),
    /** One sentence for a person. */
    message: z.string(),
  }),
])
export type TranscriptEvent = z.infer<typeof TranscriptEvent>
export type EventKind = TranscriptEvent['kind']
export type EventOf<K extends EventKind> = Extract<TranscriptEvent, { kind: K }>

/** An event before the recorder numbers and times it. */
export type EventBody = TranscriptEvent extends infer E
  ? E extends TranscriptEvent
    ? Omit<E, 'session' | 'seq' | 'at'>
    : never
  : never

export const tlsModes = ['none', 'starttls', 'opportunistic', 'implicit'] as const
/** `starttls` requires it, `opportunistic` uses it when offered. */
export const TlsMode = z.enum(tlsModes)
export type TlsMode = z.infer<typeof TlsMode>

/** The head of a transcript: what is known when the session begins. */
export const SessionHead = z.object({
  id: z.string().min(1),
  source: z.enum(['probe', 'send', 'server', 'relay', 'intercept', 'import', 'lesson']),
  /** Which end this program was. */
  role: z.enum(['client', 'server']),
  startedAt: z.iso.datetime(),
  /** For a client the host as the user typed it; for a server the client's address. */
  host: z.string(),
  /** For a client the port dialled; for a server its own port. */
  port: z.int().min(0).max(65535),
  tls: TlsMode,
  /** What was spoken; absent: SMTP. How HTTP stands in lines, replies and chunks: http.ts. */
  protocol: z.enum(['smtp', 'http']).optional(),
  title: z.string().optional(),
  /** Of one that a case file brought: what it was on the computer that recorded it, whose end `role` tells. */
  origin: z.enum(['probe', 'send', 'server', 'relay', 'intercept', 'lesson']).optional(),
  /** Session of which this one is a replay; it may be gone. */
  replayOf: z.string().optional(),
  /**
   * How good the times are: `seconds` when whole seconds were written, `none` when the imported text has no times and
   * every event stands at 0. Absent: measured in microseconds.
   */
  times: z.enum(['seconds', 'none']).optional(),
})
export type SessionHead = z.infer<typeof SessionHead>

/** How a session stands, in one line of a list. Derived from its events by `summarize`. */
export const SessionSummary = SessionHead.extend({
  state: z.enum(['live', 'held', 'ended']),
  events: z.int().min(0),
  tone: z.enum(['good', 'warn', 'bad', 'neutral']),
  /** As "Message kept, 250", "2 messages queued, 250" or "Refused at RCPT". */
  words: z.string(),
  /** Duration in microseconds so far. */
  took: micros,
  /** Message in the Inbox that this session delivered. */
  messages: z.array(z.string()),
  /** How many messages this session gave to the relay's queue; absent: none. */
  queued: z.int().min(1).optional(),
  /** Of a dialogue with name servers (port 0): it connected to a host too, for a policy. */
  connects: z.boolean().optional(),
})
export type SessionSummary = z.infer<typeof SessionSummary>
