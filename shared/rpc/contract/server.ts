/** Owns: the local server: its listeners and rules, starting and stopping it. */
import { z } from 'zod'
import { certificateCalls } from './certificates.ts'
import { Breakpoint, FieldProblem } from './dialogue.ts'
import { call, nothing, stream } from './kinds.ts'
import { LimitChange, Limits, ListenerConfig, ListenerStatus } from './listener.ts'

export {
  clientCertificateRules,
  ListenerConfig,
  ListenerStatus,
  tlsVersions,
  type TlsVersion,
} from './listener.ts'

/** When a token stops being right. */
const TokenEnd = z.iso.datetime({ offset: true })

const { shape } = Limits

/** More than a person has; each is prepared, and stands in every status. */
const mostListeners = 1000
const mostUsers = 10_000

export const ServerConfig = z.object({
  name: z.string().default('relayscope.localhost'),
  listeners: z.array(ListenerConfig).max(mostListeners),
  /** Empty: any name and password are accepted where AUTH is offered. */
  users: z
    .array(z.object({ user: z.string().min(1), password: z.string() }))
    .max(mostUsers)
    .default([]),
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
      line: shape.line,
      textLine: shape.textLine,
      commands: shape.commands,
      errors: shape.errors,
      transactions: shape.transactions,
    })
    .prefault({}),
})
export type ServerConfig = z.infer<typeof ServerConfig>
export type ServerConfigInput = z.input<typeof ServerConfig>

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
  /** Those of them whose password was in memory only, and gone when the program ended; absent: none. */
  lost: z.array(z.string()).optional(),
  /** Without the tokens themselves; `lost` as for users. */
  tokens: z
    .array(z.object({ user: z.string(), expiresAt: z.string().optional(), lost: z.boolean().optional() }))
    .optional(),
  limits: Limits,
  messages: z.int(),
  hold: HoldRules.optional(),
  /** Sessions in which a person is being waited for, the longest held first; the first fifty. */
  held: z.array(z.string()).optional(),
})
export type ServerStatus = z.infer<typeof ServerStatus>

export const server = {
  ...certificateCalls,
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
      listeners: z.array(ListenerConfig).max(mostListeners).optional(),
      name: z.string().optional(),
      users: z
        .array(z.object({ user: z.string().min(1), password: z.string().optional() }))
        .max(mostUsers)
        .optional(),
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
      limits: LimitChange.optional(),
    }),
    z.object({ status: ServerStatus, problems: z.array(FieldProblem) }),
  ),
  /** Hold new clients, or no more of them; sessions that are held already stay so. */
  'server.hold': call(HoldRules, z.object({ status: ServerStatus, problems: z.array(FieldProblem) })),
  'server.changes': stream(nothing, ServerStatus),
}
