/**
 * Owns: the HTTP API for test suites as a person sees it: on or off, where, its token (told once), and the webhooks with
 * what became of their last deliveries. What the API itself answers stands in its own document, /openapi.json.
 */
import { z } from 'zod'
import { FieldProblem } from './fieldProblem.ts'
import { call, nothing, stream } from './kinds.ts'

/** What a webhook is told of: a message that was kept; a session that left none (refused, broken off, idle). */
export const webhookEvents = ['message', 'session'] as const
export type WebhookEvent = (typeof webhookEvents)[number]

export const webhookLimits = {
  hooks: 20,
  hosts: 50,
  url: 2000,
  pending: 1000,
  results: 50,
  attempts: 6,
} as const

export const Delivery = z.object({
  id: z.string(),
  webhook: z.string(),
  /** `try`: asked for by a person. */
  event: z.enum([...webhookEvents, 'try']),
  /** Message or session that it tells of; '' for `try`. */
  about: z.string(),
  queuedAt: z.iso.datetime(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.int(),
  /** Status of the last answer. */
  status: z.int().optional(),
  /** One sentence: what the other side said, or why it was not reached. */
  words: z.string(),
  /** When it is tried again. */
  nextAt: z.iso.datetime().optional(),
})
export type Delivery = z.infer<typeof Delivery>

export const Webhook = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(webhookEvents)).min(1),
  pending: z.int(),
  /** Not queued because as many as there may be were waiting. */
  dropped: z.int(),
  last: Delivery.optional(),
})
export type Webhook = z.infer<typeof Webhook>

export const SuiteApiStatus = z.object({
  on: z.boolean(),
  address: z.string(),
  /** 0: the system chooses. */
  port: z.int(),
  actualPort: z.int().optional(),
  /** In words, with the remedy. */
  problem: z.string().optional(),
  allowOutside: z.boolean(),
  /** Names beside `localhost` and addresses under which it may be asked from outside. */
  names: z.array(z.string()),
  /** There is a token. The token itself is told once, when it is made. */
  tokened: z.boolean(),
  /** `memory`: it is gone when the program ends. */
  tokenKept: z.enum(['keychain', 'memory']),
  requests: z.int(),
  /** Requests that wait for a message now, and event streams that are open. */
  waiting: z.int(),
  streams: z.int(),
  /** Hosts beside this computer that webhooks may go to. */
  allowedHosts: z.array(z.string()),
  webhooks: z.array(Webhook),
})
export type SuiteApiStatus = z.infer<typeof SuiteApiStatus>

const Answer = z.object({ status: SuiteApiStatus, problems: z.array(FieldProblem) })
const Id = z.object({ id: z.string().min(1).max(60) })
/** False: for as long as this program runs. */
const save = z.boolean().default(true)

export const suiteApi = {
  'suiteApi.status': call(nothing, SuiteApiStatus),
  /** Changes what is named. The first time that it is switched on a token is made, and told in the answer. */
  'suiteApi.configure': call(
    z.object({
      on: z.boolean().optional(),
      port: z.int().min(0).max(65535).optional(),
      address: z.string().max(60).optional(),
      /** Consent to an address that other machines can reach. */
      allowOutside: z.boolean().optional(),
      names: z.array(z.string().max(255)).max(20).optional(),
      /** Instead of a made one. */
      token: z.string().max(1000).optional(),
      allowedHosts: z.array(z.string().max(255)).max(webhookLimits.hosts).optional(),
      save,
    }),
    Answer.extend({ token: z.string().optional() }),
  ),
  /** The one before is void from now on. */
  'suiteApi.renewToken': call(nothing, z.object({ status: SuiteApiStatus, token: z.string() })),
  /** `secret` signs its deliveries (HMAC-SHA256) and is told this once. */
  'suiteApi.addWebhook': call(
    z.object({
      url: z.string().max(webhookLimits.url),
      events: z.array(z.enum(webhookEvents)).min(1).max(2).default(['message']),
      secret: z.string().max(200).optional(),
      save,
    }),
    Answer.extend({ id: z.string().optional(), secret: z.string().optional() }),
  ),
  /** What waits for it is given up. */
  'suiteApi.removeWebhook': call(Id, Answer),
  /** Sends one event that tells of nothing, to see whether it arrives. */
  'suiteApi.tryWebhook': call(Id, Answer),
  /** The last ones, newest first; of one webhook, or of all. */
  'suiteApi.deliveries': call(
    z.object({ id: z.string().max(60).optional() }),
    z.object({ deliveries: z.array(Delivery) }),
  ),
  'suiteApi.changes': stream(nothing, SuiteApiStatus),
}
