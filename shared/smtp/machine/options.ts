/**
 * Owns: what a client and a server machine are told at their making, and what they can be asked while they run and
 * afterwards. The factories are `createClientMachine` (client.ts) and `createServerMachine` (server.ts).
 *
 * Nothing here changes during a session. Randomness (`challenge`) and digests (`hashes`) are passed in, so that the
 * machines stay pure.
 */
import type { Capability } from '../grammar/capabilities.ts'
import type { BindingType, Hashes } from '../sasl/mechanism.ts'
import type { MechanismName } from '../sasl/mechanisms.ts'
import type { ClientTransaction } from './transaction.ts'
import type { Machine, Outgoing, Parameter, Reply, Tls } from './types.ts'

export type { Capability, Hashes }
export type { ClientDsn, ClientExtensions, ClientTransaction, ExtensionUse } from './transaction.ts'

export type TlsMode = 'none' | 'starttls' | 'opportunistic' | 'implicit'
export type Mechanism = Lowercase<MechanismName>

export const initialResponses = ['auto', 'on', 'off'] as const
/**
 * Whether the first response goes with AUTH (RFC 4954 §4). `auto`: when the line stays within the 512 octets of a command;
 * `on`: also beyond, up to the 12,288 octets that a server must take of a response; `off`: always after a challenge.
 */
export type InitialResponse = (typeof initialResponses)[number]

export const stopPoints = ['connect', 'ehlo', 'tls', 'auth', 'mail', 'rcpt', 'data', 'body', 'end'] as const
/**
 * Where to stop on purpose. `connect`: after the greeting; `ehlo`: after the first EHLO; `tls`: after the handshake and
 * the EHLO inside it. Each of these, and `auth`, `mail`, `rcpt`, ends with QUIT. After `data` (the 354) and `body` (all
 * content, no final dot) a QUIT would be content and a dot would deliver, so the connection is closed without a word.
 */
export type StopPoint = (typeof stopPoints)[number]

/** Stops inside the step that `stopAfter` names. */
export interface StopAt {
  /** With `rcpt`: after the reply to the n-th RCPT, from 1. */
  recipient?: number | undefined
  /** With `body`: after so many octets of the content. */
  octets?: number | undefined
}

export const stopHows = ['quit', 'close', 'reset'] as const
/** `close`: without a word (FIN); `reset`: RST, once what was said has left. */
export type StopHow = (typeof stopHows)[number]

/** Milliseconds to wait for each reply, once its command is on the wire. */
export interface ClientTimeouts {
  greeting: number
  /** EHLO, HELO, STARTTLS, AUTH, RSET, NOOP and any other command. */
  command: number
  mail: number
  rcpt: number
  /** From DATA to its 354. */
  data: number
  /** Until a block of content has left (`drained`) and the driver has given the next one. */
  bodyBlock: number
  /** From the final dot (or BDAT LAST) to its reply. */
  bodyEnd: number
  /** For the reply to QUIT, which is a courtesy. */
  quit: number
}

const minute = 60_000
/** RFC 5321 §4.5.3.2; `command` and `quit` are not in the RFC. */
export const clientTimeouts: ClientTimeouts = {
  greeting: 5 * minute,
  command: 5 * minute,
  mail: 5 * minute,
  rcpt: 5 * minute,
  data: 2 * minute,
  bodyBlock: 3 * minute,
  bodyEnd: 10 * minute,
  quit: minute,
}

export interface ClientAuth {
  /** `auto` takes the strongest of what is offered and known here. */
  mechanism: 'auto' | Mechanism
  user: string
  /** Or a bearer token: see `secret`. */
  password: string
  /** What `password` is, for `auto`; by default a password, and none when it is empty. */
  secret?: 'password' | 'token' | undefined
  /** A client certificate was given for TLS, so EXTERNAL may be chosen. */
  certificate?: boolean | undefined
  initialResponse?: InitialResponse | undefined
  /** Kind of channel binding for -PLUS. `auto`: tls-exporter on TLS 1.3 (RFC 9266 §3), tls-unique below (RFC 5802 §6.1). */
  channelBinding?: 'auto' | BindingType | undefined
  /** What was connected to, for OAUTHBEARER (RFC 7628 §3.1). */
  host?: string | undefined
  port?: number | undefined
  /** Consent to authenticate on a connection that is not TLS or not verified (RFC 8314 §5.1). */
  allowUnprotected: boolean
  hashes: Hashes
}

export interface ClientOptions {
  ehloName: string
  tls: TlsMode
  auth: ClientAuth | null
  transaction: ClientTransaction | null
  /** Use PIPELINING when it is offered (RFC 2920). */
  pipelining: boolean
  /** Use BDAT when CHUNKING is offered (RFC 3030). */
  chunking: boolean
  stopAfter: StopPoint
  stopAt?: StopAt | undefined
  /** QUIT by default. Inside content by DATA it cannot be said: the connection is closed. */
  stopHow?: StopHow | undefined
  timeouts?: Partial<ClientTimeouts>
  /**
   * After each transaction, taken or refused, the machine asks for another (`next`) instead of saying QUIT. Without a
   * `transaction` it asks for the first one too, once it may say MAIL: then the offer is known.
   */
  series?: boolean | undefined
}

export interface ClientResult {
  /** One for each recipient of the transaction, in order; `reply` is null when its RCPT was not answered. */
  recipients: { address: string; reply: Reply | null }[]
  mail: Reply | null
  /** Reply to DATA: 354 when content was asked for. */
  data: Reply | null
  /** Reply to the end of content (the final dot, or BDAT LAST). 2xx: the server has taken responsibility. */
  final: Reply | null
  /** The last reply of the AUTH exchange. */
  auth: Reply | null
  /** Mechanism that was used, as `CRAM-MD5`. */
  mechanism: string | null
  /** The stop point after which QUIT was said on purpose; null when the session ended in another way. */
  stoppedAt: StopPoint | null
}

/**
 * How a driver and this machine take turns. At most one line waits for `sent` or `skipped`, pipelined or not: the next
 * one is emitted in answer (inserted lines come on top). A driver that corks its socket while it works through one
 * input's effects keeps a pipelined batch in one segment. For content: answer `pull` with `content`, and hold the answer
 * back while the write buffer is full; `body-block` runs from `sent` of a block until `drained` or the next `content`.
 * On `finish` a line that is held at the gate must be answered (`skipped`, or `sent`); QUIT follows it.
 * A BDAT chunk is one `body` line: command and octets in `bytes`, the command alone in `shown`.
 */
export interface ClientMachine extends Machine {
  /** From the last EHLO; empty before it, after HELO, and again after STARTTLS until the new EHLO. */
  readonly capabilities: readonly Capability[]
  /** What TLS agreed; null in clear. */
  readonly secured: Tls | null
  /** The server accepted AUTH. */
  readonly authenticated: boolean
  /**
   * Lines still to come as far as known now, in order. Secrets are replaced in `bytes` and `shown` alike, so a plan
   * may be shown and recorded. Ids are negative: these lines cannot be answered with `sent`.
   */
  plan(): Outgoing[]
  result(): ClientResult
}

/**
 * What the server announces in its EHLO reply, and takes; what is left out is refused as RFC 5321 has it. REQUIRETLS
 * inside TLS only (RFC 8689 §2). STARTTLS and AUTH follow from `tls` and `auth`.
 */
export const serverExtensions = [
  'PIPELINING', 'SIZE', '8BITMIME', 'SMTPUTF8', 'CHUNKING', 'BINARYMIME', 'DSN', 'ENHANCEDSTATUSCODES', 'REQUIRETLS', 'LIMITS',
  'HELP',
] as const // prettier-ignore
export type ServerExtension = (typeof serverExtensions)[number]

/** What becomes of content with a bare CR or LF: refused, or taken as it is and said in a finding. */
export const bareLineEndRules = ['refuse', 'keep'] as const

export interface ServerAuth {
  mechanisms: Mechanism[]
  /** `required`: MAIL before AUTH is 530 (RFC 4954 §6). */
  policy: 'off' | 'optional' | 'required'
  /** AUTH is neither announced nor taken before TLS (538). */
  onlyAfterTls: boolean
}

export interface ServerLimits {
  /** Octets of content, line ends included, dot-stuffing not. 0: no limit. */
  messageSize: number
  /** Accepted recipients in one transaction; RFC 5321 §4.5.3.1.8 asks for 100 at least. */
  recipients: number
  /** Octets of a command line, its CRLF included; RFC 5321 §4.5.3.1.4 asks for 512 at least. */
  line: number
  /** Octets of a line of content by DATA, its CRLF included; RFC 5321 §4.5.3.1.6 asks for 1000 at least. 0: no limit. */
  textLine: number
  /** Commands in one session. */
  commands: number
  /** Commands answered 4xx or 5xx in one session; the one after it is answered 421. */
  errors: number
  /** Transactions in one session, those that RSET ended included; the next MAIL is answered 421. */
  transactions: number
  /** Milliseconds of silence; RFC 5321 §4.5.3.2.7 asks for 5 minutes at least. */
  idle: number
  /** Milliseconds for the whole session. */
  session: number
}

export const serverLimits: ServerLimits = {
  messageSize: 50 * 1024 * 1024,
  recipients: 1000,
  line: 2048,
  textLine: 0,
  commands: 100_000,
  errors: 20,
  transactions: 10_000,
  idle: 5 * minute,
  session: 60 * minute,
}

export interface ServerOptions {
  /** Host name said in the greeting and in the EHLO reply. */
  name: string
  /** Text after `220 NAME ESMTP `; default `ready`. */
  banner?: string
  tls: 'off' | 'offered' | 'required' | 'implicit'
  auth: ServerAuth
  extensions: readonly ServerExtension[]
  limits?: Partial<ServerLimits>
  /** Default: `refuse`. Whatever is chosen, a bare line end ends neither a command nor the data. */
  bareLineEnds?: (typeof bareLineEndRules)[number]
  /** A fresh, unguessable CRAM-MD5 challenge as `<digits.time@name>` (RFC 2195 §2). */
  challenge(): string
  /** For SCRAM; without it SCRAM is not offered, whatever `auth` says. */
  hashes?: Hashes | undefined
}

/** The open transaction, for the driver and for a Received field; the machine adds none itself. */
export interface ServerTransaction {
  /** Without angle brackets; `''` is the null reverse-path. */
  from: string
  fromParameters: Parameter[]
  to: { address: string; parameters: Parameter[] }[]
  /** Octets of content received so far. */
  size: number
  body: '7BIT' | '8BITMIME' | 'BINARYMIME'
  utf8: boolean
}

/**
 * Content that was begun (`ask` content) and never committed is abandoned by the next `ask` content or by `done`:
 * the driver throws it away then.
 */
export interface ServerMachine extends Machine {
  readonly secured: Tls | null
  /** Authenticated user. */
  readonly user: string | null
  /** How the client greeted; null before EHLO or HELO. */
  readonly hello: { verb: 'EHLO' | 'HELO'; name: string } | null
  readonly transaction: ServerTransaction | null
  /** An answer or a `sent` is awaited: stop reading from the socket until it is false again. Input that comes anyway is
   * kept up to a bound, then the session ends. */
  readonly waiting: boolean
  /** Messages answered 250. */
  readonly accepted: number
  /** The code by which the client would go if these octets were said now, after all that a person said; 0: by none yet. */
  codeIfSaid(bytes: Uint8Array): number
}
