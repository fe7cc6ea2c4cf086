/** Owns: the rules of one listener of the local server, its limits, and how it stands. */
import { z } from 'zod'
import { bareLineEndRules, serverExtensions } from '../../smtp/machine/options.ts'
import { lowerNames } from '../../smtp/sasl/mechanisms.ts'
import { Milliseconds } from './kinds.ts'

/** Whether a client is asked for a certificate in TLS; `required`: without one that the authority signed there is no session. */
export const clientCertificateRules = ['off', 'asked', 'required'] as const

/** Lowest first. Which of them this computer's TLS library can speak, `server.tlsSupport` finds out by trying. */
export const tlsVersions = ['1.0', '1.1', '1.2', '1.3'] as const
export type TlsVersion = (typeof tlsVersions)[number]

/** Without defaults: a change names only what it changes, and a default filled in would change the rest. */
export const Limits = z.object({
  /** Octets of content. */
  messageSize: z.int().min(1),
  /** In one transaction. RFC 5321 §4.5.3.1.8 asks for 100 at least; less is allowed, and said in `notices`. */
  recipients: z.int().min(1),
  connections: z.int().min(1),
  connectionsPerAddress: z.int().min(1),
  /** Milliseconds without a command (RFC 5321 §4.5.3.2.7 asks for 5 minutes at least). */
  idle: Milliseconds,
  /** Milliseconds for a whole session. */
  session: Milliseconds,
  /** Octets of a command line, CRLF included; absent: 2048. RFC 5321 §4.5.3.1.4 asks for 512 at least. */
  line: z.int().min(16).max(1_000_000).optional(),
  /** Octets of a line of content, CRLF included; absent: none. RFC 5321 §4.5.3.1.6 asks for 1000 at least. */
  textLine: z.int().min(2).max(100_000_000).optional(),
  /** Commands in one session; the next one is answered 421. */
  commands: z.int().min(1).optional(),
  /** Commands answered 4xx or 5xx in one session; the next one is answered 421. Absent: 20. */
  errors: z.int().min(1).optional(),
  /** Transactions in one session, those that RSET ended included; the next MAIL is answered 421. Announced as MAILMAX. */
  transactions: z.int().min(1).optional(),
})

const { shape } = Limits

/** As a change of rules names them; null takes a limit away that may be absent. */
export const LimitChange = Limits.partial().extend({
  line: shape.line.nullable(),
  textLine: shape.textLine.nullable(),
  commands: shape.commands.nullable(),
  errors: shape.errors.nullable(),
  transactions: shape.transactions.nullable(),
})

export const ListenerConfig = z.object({
  /** What it is called; nothing else hangs on it. */
  label: z.string().max(60).optional(),
  /** `false`: it stays in the list and is not listened on; sessions that run go on. Absent: true. */
  enabled: z.boolean().optional(),
  /** Mail that comes in here goes on by the relay's rules, and its users are the relay's. Absent: it is kept in the Inbox. */
  relay: z.boolean().optional(),
  address: z.string().max(255).default('127.0.0.1'),
  /** 0 lets the system choose. */
  port: z.int().min(0).max(65535),
  /**
   * Listened on instead where the system does not permit `port`. Absent: for a port below 1024 that port plus 2000 (25 is
   * 2025, 465 is 2465, 587 is 2587), for the others none. 0: none.
   */
  mappedPort: z.int().min(0).max(65535).optional(),
  tls: z.enum(['plain', 'starttls', 'starttls-required', 'implicit']).default('starttls'),
  auth: z.enum(['off', 'optional', 'required']).default('optional'),
  /** Offer AUTH only once the connection is sealed. */
  authOnlyAfterTls: z.boolean().default(false),
  /** Any name with any password or token is right here, also when there are users. SCRAM cannot be offered then. */
  anyPassword: z.boolean().optional(),
  /**
   * Offered in this order. Absent: all that the users and tokens allow. What cannot work is left out: SCRAM without users
   * (their passwords prove the server too), -PLUS and EXTERNAL without TLS, EXTERNAL without a client certificate asked for.
   */
  mechanisms: z.array(z.enum(lowerNames)).min(1).optional(),
  /** Absent: `off`. */
  clientCertificate: z.enum(clientCertificateRules).optional(),
  /** Authority that signs the clients' certificates, PEM; absent: this computer's own. */
  clientCa: z.string().max(262_144).optional(),
  /** Consent to an address that other machines can reach. Without it only loopback addresses are listened on. */
  allowOutside: z.boolean().default(false),
  /** Absent: from 1.2 to the newest. What this computer's TLS cannot speak is left out, and said in `notices`. */
  tlsVersions: z.object({ min: z.enum(tlsVersions), max: z.enum(tlsVersions) }).optional(),
  /**
   * OpenSSL's notation, as `ECDHE+AESGCM:!aNULL`; names that begin with TLS_ are the suites of TLS 1.3. Absent: the
   * library's own choice. For TLS 1.0 and 1.1 `@SECLEVEL=0` is added where the library knows it and no level is named.
   */
  ciphers: z.string().min(1).max(2000).optional(),
  /** Name of one's own certificate (`server.certificates`); absent: the one that the app's authority signed. */
  certificate: z.string().max(255).optional(),
  /** Announced and accepted, these and no others; absent: all. STARTTLS and AUTH follow from `tls` and `auth`. */
  extensions: z.array(z.enum(serverExtensions)).optional(),
  /** Bare CR and LF in the content of DATA, the forms of SMTP smuggling included. Absent: `refuse`. Neither ends anything. */
  bareLineEnds: z.enum(bareLineEndRules).optional(),
  /** For this listener; what is not named is as for all. Connections are counted at this listener as well. */
  limits: Limits.partial().optional(),
})
export type ListenerConfig = z.infer<typeof ListenerConfig>
export type Limits = z.infer<typeof Limits>

/** What to do so that a port is permitted, for each system; that of this computer first. */
export const Remedy = z.object({ system: z.string(), words: z.string(), command: z.string().optional() })

export const ListenerStatus = ListenerConfig.extend({
  state: z.enum(['listening', 'failed', 'off']),
  /** The port really listened on. */
  actualPort: z.int().optional(),
  /** The system does not permit `port`: another one is listened on instead. */
  mapped: z.object({ port: z.int(), why: z.string(), remedies: z.array(Remedy) }).optional(),
  /** In words, with the remedy. */
  problem: z.string().optional(),
  /** It runs, and this is worth knowing: a limit below what RFC 5321 asks, a TLS version that cannot be spoken. */
  notices: z.array(z.string()).optional(),
  /** TLS versions that clients can really use here; absent without TLS, and while it cannot serve. */
  versions: z.array(z.enum(tlsVersions)).optional(),
  /** `auth` is on, and AUTH is not offered: nothing works with these users, tokens and certificates. */
  authImpossible: z.literal(true).optional(),
  sessions: z.int(),
  total: z.int(),
})
export type ListenerStatus = z.infer<typeof ListenerStatus>
