/** Owns: starting a dialogue with a server (a test message, or up to any stop point) and stepping it. */
import { z } from 'zod'
import { moments } from '../../knowledge/types.ts'
import { initialResponses, stopHows } from '../../smtp/machine/options.ts'
import { bindingTypes } from '../../smtp/sasl/mechanism.ts'
import { lowerNames } from '../../smtp/sasl/mechanisms.ts'
import { ByteString, findingBody, MaskedRange, Phase, TlsMode } from '../../transcript/event.ts'
import { FieldProblem } from './fieldProblem.ts'
import { call, Milliseconds, SessionId, stream } from './kinds.ts'
import { Message } from './message.ts'

export { FieldProblem } from './fieldProblem.ts'
export { Message } from './message.ts'

export const authMechanisms = ['auto', ...lowerNames, 'none'] as const
export const stopPoints = ['connect', 'ehlo', 'tls', 'auth', 'mail', 'rcpt', 'data', 'body', 'end'] as const

/**
 * Breakpoints: before a verb (`MAIL`; at our own server before its answer, `CONNECT` before the greeting), `.` for the
 * end of data, or a reply class (`4xx`) or code (`451`): after it came, at our own server before it is said.
 */
export const Breakpoint = z
  .string()
  .regex(
    /^(?:[A-Z]{3,10}|\.|[2345]xx|[2-5]\d\d)$/,
    'a verb such as MAIL, a dot, 4xx or 5xx, or a code such as 451',
  )

/** Milliseconds that each line waits while a dialogue runs, so that people can follow; 0: as fast as it goes. */
export const LineDelay = z.int().min(0).max(60_000)

/** A client certificate, its chain behind it, and its key: PEM. The key is never recorded, never sent back to the page. */
export const ClientCertificate = z.object({
  cert: z.string(),
  key: z.string(),
  passphrase: z.string().optional(),
})
export type ClientCertificate = z.infer<typeof ClientCertificate>

/** Where and how to connect. */
export const Target = z.object({
  host: z.string(),
  port: z.int(),
  tls: TlsMode,
  /** `check` refuses an unverified certificate; `accept` goes on and says so. */
  certificate: z.enum(['check', 'accept']).default('check'),
  /** Extra trusted root certificates, PEM. */
  ca: z.string().optional(),
  /** Shown to a server that asks for one. */
  clientCertificate: ClientCertificate.optional(),
  family: z.union([z.literal(0), z.literal(4), z.literal(6)]).default(0),
  ehloName: z.string().optional(),
  /** Name for certificate check and SNI when it differs from host. */
  serverName: z.string().optional(),
  /** Address of this computer to connect from. */
  source: z.string().optional(),
  /** `IP` or `IP:PORT` of a name server that is asked instead of the system. */
  resolver: z.string().optional(),
  /**
   * Milliseconds. `connect` is for DNS, connect and TLS, each, where `lookUp` or `tls` is not given. Replies wait as RFC
   * 5321 §4.5.3.2 asks, or `reply`; the greeting `greeting`.
   */
  timeouts: z
    .object({
      lookUp: Milliseconds.optional(),
      connect: Milliseconds.optional(),
      tls: Milliseconds.optional(),
      greeting: Milliseconds.optional(),
      reply: Milliseconds.optional(),
    })
    .default({}),
})
export type Target = z.infer<typeof Target>

export const Auth = z.object({
  mechanism: z.enum(authMechanisms),
  /** For `external` whom to act as, or empty. */
  user: z.string().default(''),
  /** Or a bearer token. Never recorded, never sent back to the page. */
  password: z.string().default(''),
  /** What `password` is; `auto` goes by it: a token is for OAUTHBEARER and XOAUTH2. */
  secret: z.enum(['password', 'token']).optional(),
  /** `auto`: with AUTH when the line is no longer than 512 octets (RFC 4954 §4). */
  initialResponse: z.enum(initialResponses).optional(),
  /** Kind of channel binding for a -PLUS mechanism; `auto` goes by the TLS version (RFC 9266 §3). */
  channelBinding: z.enum(['auto', ...bindingTypes]).optional(),
  /** Consent to send it on a connection that is not TLS or not verified (RFC 8314 §5.1). */
  allowUnprotected: z.boolean().default(false),
})
export type Auth = z.infer<typeof Auth>

/** Delivery status notifications that are asked for (RFC 3461); only said when the server offers DSN. */
export const Dsn = z.object({
  /** `never` stands alone (§4.1). */
  notify: z.array(z.enum(['never', 'success', 'failure', 'delay'])).optional(),
  ret: z.enum(['full', 'hdrs']).optional(),
  /** As the sender writes it; said as xtext (§4). */
  envid: z.string().optional(),
  /** `auto`: each recipient's own address; else one for each recipient, `''` for none. */
  orcpt: z.union([z.literal('auto'), z.array(z.string())]).optional(),
})
export type Dsn = z.infer<typeof Dsn>

const threeWays = z.enum(['auto', 'on', 'off'])

/** Which extensions a transaction uses. `auto`: when offered and due. `on`: said even when not offered. */
export const Extensions = z.object({
  smtputf8: threeWays.optional(),
  eightBitMime: threeWays.optional(),
  /** BDAT instead of DATA (RFC 3030). */
  chunking: z.enum(['off', 'on']).optional(),
  /** RFC 8689. */
  requireTls: z.boolean().optional(),
  /** What SIZE declares (RFC 1870): the true size, nothing, or these octets, true or not. */
  size: z.union([z.literal('auto'), z.literal('off'), z.int().min(0)]).optional(),
})
export type Extensions = z.infer<typeof Extensions>

/** Stops inside the step that `stopAfter` names. */
export const StopAt = z.object({
  /** After the reply to the n-th RCPT, from 1. */
  recipient: z.int().min(1).optional(),
  /** In the message, after so many of its octets. */
  octets: z.int().min(0).optional(),
  /** All of the message is sent, the dot that ends it is not. */
  beforeDot: z.boolean().optional(),
})
export type StopAt = z.infer<typeof StopAt>

export const DialogueRequest = z.object({
  target: Target,
  auth: Auth,
  /** Absent: the dialogue stops after the stop point without a transaction. */
  message: Message.optional(),
  /** Envelope sender when it differs from the message's From; `''` is the null reverse-path. */
  envelopeFrom: z.string().optional(),
  envelopeTo: z.array(z.string()).optional(),
  dsn: Dsn.optional(),
  extensions: Extensions.optional(),
  pipelining: z.boolean().default(true),
  /** Hold every line at the gate. */
  step: z.boolean().default(false),
  breakpoints: z.array(Breakpoint).default([]),
  /** Milliseconds that each line waits while it runs. */
  delay: LineDelay.default(0),
  /** The last step; then the connection ends as `stopHow` says. */
  stopAfter: z.enum(stopPoints).default('end'),
  stopAt: StopAt.optional(),
  /**
   * Say QUIT, close without a word (FIN), or break the connection (RST). Absent: QUIT, and after DATA, where QUIT would be
   * content, close.
   */
  stopHow: z.enum(stopHows).optional(),
  source: z.enum(['send', 'probe']).default('send'),
  /** A kept profile whose secrets are filled in where the request has none (contract/profile.ts). */
  profile: z.string().optional(),
})
export type DialogueRequest = z.input<typeof DialogueRequest>
export type DialoguePlan = z.infer<typeof DialogueRequest>

/** A line that waits or will come; shown bytes only, secrets masked. */
export const PlannedLine = z.object({
  id: z.int(),
  kind: z.enum(['command', 'auth', 'reply', 'body', 'body-end']),
  phase: Phase,
  raw: ByteString,
  masked: z.array(MaskedRange),
  verb: z.string().optional(),
  /** A secret is inside: it cannot be edited as text, only replaced or skipped. */
  secret: z.boolean(),
})
export type PlannedLine = z.infer<typeof PlannedLine>

/** How long the other side is expected to wait, by the standard; it may be less patient. */
export const Patience = z.object({
  /** Milliseconds. */
  patienceMs: z.int().min(0),
  /** When it began to wait, in microseconds since the session began. */
  since: z.int().min(0),
  /** As "RFC 5321 §4.5.3.2.7: a server waits 5 minutes at least". */
  why: z.string(),
  /** It has closed its side: it sends nothing more, and may still read. */
  left: z.boolean().optional(),
})
export type Patience = z.infer<typeof Patience>

/** What the gate holds and how it stands. */
export const GateState = z.object({
  mode: z.enum(['step', 'run', 'ended']),
  held: PlannedLine.optional(),
  upcoming: z.array(PlannedLine),
  breakpoints: z.array(Breakpoint),
  /** Where it stopped and why, as "before MAIL". */
  why: z.string().optional(),
  /** The held line goes by itself at this time, in microseconds since the session began: a delay, not a pause. */
  goesAt: z.int().min(0).optional(),
  /** Milliseconds that each line waits while it runs; absent: none. */
  delay: LineDelay.optional(),
  /** Which end this program is: a server holds its replies, a client (also when absent) its commands. */
  role: z.enum(['client', 'server']).optional(),
  /** How long the other side is expected to wait for us. Absent while it is not waiting. */
  peer: Patience.optional(),
  /** At our own server: what the held reply answers. */
  answering: z.enum(moments).optional(),
  /** Name of the machine's state. */
  state: z.string(),
})
export type GateState = z.infer<typeof GateState>

export const GateAction = z.discriminatedUnion('type', [
  /** Let the held line go; hold the next. */
  z.object({ type: z.literal('step') }),
  /** Let lines go until a breakpoint. */
  z.object({ type: z.literal('run') }),
  /** Hold again from the next line on. */
  z.object({ type: z.literal('pause') }),
  /** Send `raw` instead of the held line. */
  z.object({ type: z.literal('edit'), raw: ByteString }),
  z.object({ type: z.literal('skip') }),
  /** Send an extra line before the held one. */
  z.object({ type: z.literal('insert'), raw: ByteString }),
  /** Say the last command (or reply) once more, before the held one. */
  z.object({ type: z.literal('repeat') }),
  /** Let the held line wait this many milliseconds more, then go. */
  z.object({ type: z.literal('delay'), ms: z.int().min(1).max(3_600_000) }),
  /** From now on each line waits so long while it runs. */
  z.object({ type: z.literal('speed'), delay: LineDelay }),
  /** Close the TCP connection without a word (FIN). */
  z.object({ type: z.literal('drop') }),
  /** Break the TCP connection (RST). */
  z.object({ type: z.literal('reset') }),
  /** QUIT (at our own server 421) as soon as the protocol allows. */
  z.object({ type: z.literal('finish') }),
  z.object({ type: z.literal('breakpoints'), breakpoints: z.array(Breakpoint) }),
])
export type GateAction = z.infer<typeof GateAction>

const Finding = z.object({ ...findingBody, phase: Phase })
const micros = z.int().min(0)

/** Microseconds of each step; absent: it did not come so far. */
export const DialogueTimings = z.object({
  dns: micros.optional(),
  tcp: micros.optional(),
  tls: micros.optional(),
  ehlo: micros.optional(),
  auth: micros.optional(),
  /** MAIL and RCPT. */
  envelope: micros.optional(),
  /** DATA to the reply to its end. */
  data: micros.optional(),
  total: micros.optional(),
})
export type DialogueTimings = z.infer<typeof DialogueTimings>

/** The result of one recipient. */
export const RecipientResult = z.object({
  address: z.string(),
  accepted: z.boolean(),
  code: z.int().optional(),
  reply: z.string(),
  /** Codes of the findings about this recipient. */
  findings: z.array(z.string()).optional(),
})

export const DialogueResult = z.object({
  session: z.string(),
  outcome: z.enum(['accepted', 'partly-accepted', 'rejected', 'failed', 'stopped']),
  /** One sentence for a person. */
  message: z.string(),
  next: z.string().optional(),
  recipients: z.array(RecipientResult),
  /** Reply to the end of data. */
  reply: z.string().optional(),
  findings: z.array(Finding).optional(),
  timings: DialogueTimings.optional(),
  /** Octets of the message that went out, without dot-stuffing. */
  sentOctets: z.int().min(0).optional(),
})
export type DialogueResult = z.infer<typeof DialogueResult>

export const StartAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), session: z.string() }),
  z.object({ ok: z.literal(false), problems: z.array(FieldProblem) }),
])
export type StartAnswer = z.infer<typeof StartAnswer>

export const dialogue = {
  'dialogue.start': call(DialogueRequest, StartAnswer),
  /** Waits until the session has ended. */
  'dialogue.result': call(SessionId, DialogueResult),
  'dialogue.act': call(
    SessionId.extend({ action: GateAction }),
    z.object({ ok: z.boolean(), problem: z.string().optional() }),
  ),
  'dialogue.gate': stream(SessionId, GateState),
}
