/** Owns: the local server: its listeners and rules, starting and stopping it. */
import { z } from 'zod'
import { Breakpoint, FieldProblem } from './dialogue.ts'
import { lowerNames } from '../../smtp/sasl/mechanisms.ts'
import { call, Milliseconds, nothing, stream } from './kinds.ts'

/** Whether a client is asked for a certificate in TLS; `required`: without one that the authority signed there is no session. */
export const clientCertificateRules = ['off', 'asked', 'required'] as const

export const ListenerConfig = z.object({
  address: z.string().default('127.0.0.1'),
  /** 0 lets the system choose. */
  port: z.int().min(0).max(65535),
  tls: z.enum(['plain', 'starttls', 'starttls-required', 'implicit']).default('starttls'),
  auth: z.enum(['off', 'optional', 'required']).default('optional'),
  /** Offer AUTH only once the connection is sealed. */
  authOnlyAfterTls: z.boolean().default(false),
  /**
   * Offered in this order. Absent: all that the users and tokens allow. What cannot work is left out: SCRAM without users
   * (their passwords prove the server too), -PLUS and EXTERNAL without TLS, EXTERNAL without a client certificate asked for.
   */
  mechanisms: z.array(z.enum(lowerNames)).min(1).optional(),
  /** Absent: `off`. */
  clientCertificate: z.enum(clientCertificateRules).optional(),
  /** Authority that signs the clients' certificates, PEM; absent: this computer's own. */
  clientCa: z.string().optional(),
  /** Consent to an address that other machines can reach. Without it only loopback addresses are listened on. */
  allowOutside: z.boolean().default(false),
})
export type ListenerConfig = z.infer<typeof ListenerConfig>

/** When a token stops being right. */
const TokenEnd = z.iso.datetime({ offset: true })

/** Without defaults: a change names only what it changes, and a default filled in would change the rest. */
const Limits = z.object({
  messageSize: z.int().min(1),
  recipients: z.int().min(1),
  connections: z.int().min(1),
  connectionsPerAddress: z.int().min(1),
  /** Milliseconds without a command (RFC 5321 §4.5.3.2.7 asks for 5 minutes at least). */
  idle: Milliseconds,
  session: Milliseconds,
})

const { shape } = Limits

export const ServerConfig = z.object({
  name: z.string().default('relayscope.localhost'),
  listeners: z.array(ListenerConfig),
  /** Empty: any name and password are accepted where AUTH is offered. */
  users: z.array(z.object({ user: z.string().min(1), password: z.string() })).default([]),
  /**
   * Bearer tokens for XOAUTH2 and OAUTHBEARER: right for this user until `expiresAt` (one in the past is refused as
   * expired). None, and no users: any token is accepted.
   */
  tokens: z
    .array(z.object({ user: z.string().min(1), token: z.string().min(1), expiresAt: TokenEnd.optional() }))
    .max(1000)
    .optional(),
  limits: z
    .object({
      messageSize: shape.messageSize.default(64_000_000),
      recipients: shape.recipients.default(1000),
      connections: shape.connections.default(20_000),
      connectionsPerAddress: shape.connectionsPerAddress.default(20_000),
      idle: shape.idle.default(300_000),
      session: shape.session.default(3_600_000),
    })
    .prefault({}),
})
export type ServerConfig = z.infer<typeof ServerConfig>
export type ServerConfigInput = z.input<typeof ServerConfig>

export const ListenerStatus = ListenerConfig.extend({
  state: z.enum(['listening', 'failed', 'off']),
  /** The port really listened on. */
  actualPort: z.int().optional(),
  /** In words, with the remedy. */
  problem: z.string().optional(),
  sessions: z.int(),
  total: z.int(),
})

/** Which incoming clients are held, and where. Never saved: a server that starts holds nobody. */
export const HoldRules = z.object({
  /** `next`: the next one only; then it is `off` again. `address`: those from one IP address. */
  who: z.enum(['off', 'every', 'next', 'address']),
  /** For `address`. */
  address: z.string().optional(),
  /** Hold every reply; else only at a breakpoint. */
  step: z.boolean().default(false),
  breakpoints: z.array(Breakpoint).default([]),
})
export type HoldRules = z.infer<typeof HoldRules>

export const ServerStatus = z.object({
  running: z.boolean(),
  name: z.string(),
  listeners: z.array(ListenerStatus),
  /** Names only; passwords never travel to the page. */
  users: z.array(z.string()),
  /** Without the tokens themselves. */
  tokens: z.array(z.object({ user: z.string(), expiresAt: z.string().optional() })).optional(),
  limits: Limits,
  messages: z.int(),
  hold: HoldRules.optional(),
  /** Sessions in which a person is being waited for, the longest held first; the first fifty. */
  held: z.array(z.string()).optional(),
})
export type ServerStatus = z.infer<typeof ServerStatus>

export const server = {
  'server.status': call(nothing, ServerStatus),
  /** Start with these rules, or with the saved ones. A listener that cannot start is told in its status; the others run. */
  'server.start': call(
    z.object({ config: ServerConfig.optional() }),
    z.object({ status: ServerStatus, problems: z.array(FieldProblem) }),
  ),
  'server.stop': call(nothing, ServerStatus),
  /** Change and save the rules; running sessions are kept. A user without a password keeps the saved one. */
  'server.configure': call(
    z.object({
      listeners: z.array(ListenerConfig).optional(),
      name: z.string().optional(),
      users: z.array(z.object({ user: z.string().min(1), password: z.string().optional() })).optional(),
      /**
       * All of them. One without `token` keeps the one at place `keeps` of the status, from 0; without `keeps` the user's
       * own in their order, as long as none of them is missing.
       */
      tokens: z
        .array(
          z.object({
            user: z.string().min(1),
            token: z.string().min(1).optional(),
            keeps: z.int().min(0).optional(),
            expiresAt: TokenEnd.optional(),
          }),
        )
        .max(1000)
        .optional(),
      limits: Limits.partial().optional(),
    }),
    z.object({ status: ServerStatus, problems: z.array(FieldProblem) }),
  ),
  /** Hold new clients, or no more of them; sessions that are held already stay so. */
  'server.hold': call(HoldRules, z.object({ status: ServerStatus, problems: z.array(FieldProblem) })),
  'server.changes': stream(nothing, ServerStatus),
}
