/**
 * Owns: the two message APIs over HTTP that stand beside SMTP: the local server's own (on, ports, key), and sending a
 * message by such an API. `form` is POST /v3/DOMAIN/messages with basic authentication, user `api`; `json` is POST
 * /api/v1/transmissions with the key in Authorization.
 */
import { z } from 'zod'
import { ByteString } from '../../transcript/event.ts'
import { StartAnswer } from './dialogue.ts'
import { FieldProblem } from './fieldProblem.ts'
import { call, Milliseconds, nothing, SessionId } from './kinds.ts'
import { Message } from './message.ts'

export const httpApis = ['form', 'json'] as const
export const tlsVersions = ['auto', '1.2', '1.3'] as const

/** A port of this computer's loopback address; null: none; 0: the system chooses. */
const ApiPort = z.int().min(0).max(65535).nullable()

export const HttpApiStatus = z.object({
  /** Wanted whenever the local server runs. */
  on: z.boolean(),
  http: z.object({ port: ApiPort, actualPort: z.int().optional(), problem: z.string().optional() }),
  https: z.object({ port: ApiPort, actualPort: z.int().optional(), problem: z.string().optional() }),
  /** A key is set; without one any key is right. The key itself never travels to the page. */
  keyed: z.boolean(),
  /** Requests a minute before 429; 0: as many as come. */
  perMinute: z.int().min(0),
  requests: z.int().min(0),
  messages: z.int().min(0),
})
export type HttpApiStatus = z.infer<typeof HttpApiStatus>

export const HttpSendRequest = z.object({
  api: z.enum(httpApis),
  /** As `https://api.example.com` or `http://127.0.0.1:8025`; a path stands before that of the API. */
  url: z.string().max(2000),
  /** For `form`: the DOMAIN of its address; the sender's when absent. */
  domain: z.string().max(255).optional(),
  /** Never recorded, never sent back to the page. */
  key: z.string(),
  message: Message,
  /** `check` refuses an unverified certificate; `accept` goes on and says so. */
  certificate: z.enum(['check', 'accept']).default('check'),
  ca: z.string().optional(),
  tlsVersion: z.enum(tlsVersions).default('auto'),
  /** Offer to keep the connection open; with one message it only changes what is said. */
  keepAlive: z.boolean().default(false),
  /** Consent to a key that others can read: over http to another computer. */
  allowUnprotected: z.boolean().default(false),
  /** For look-up, connect, TLS and each response. */
  timeout: Milliseconds.optional(),
})
export type HttpSendRequest = z.input<typeof HttpSendRequest>
export type HttpSendPlan = z.infer<typeof HttpSendRequest>

export const HttpSendResult = z.object({
  session: z.string(),
  /** `failed`: it was not sent, or nothing shows that it was taken. */
  outcome: z.enum(['accepted', 'partly-accepted', 'rejected', 'failed']),
  /** One sentence for a person. */
  message: z.string(),
  next: z.string().optional(),
  /** Status of the last response. */
  status: z.int().optional(),
  /** Start of the last response's body. */
  reply: ByteString.optional(),
})
export type HttpSendResult = z.infer<typeof HttpSendResult>

export const httpApi = {
  'httpApi.status': call(nothing, HttpApiStatus),
  /** Changes and saves; it runs with the local server, and at once if that runs. An empty key removes it. */
  'httpApi.configure': call(
    z.object({
      on: z.boolean().optional(),
      http: ApiPort.optional(),
      https: ApiPort.optional(),
      key: z.string().optional(),
      perMinute: z.int().min(0).max(1_000_000).optional(),
    }),
    z.object({ status: HttpApiStatus, problems: z.array(FieldProblem) }),
  ),
  'httpSend.start': call(HttpSendRequest, StartAnswer),
  /** Waits until it has ended. */
  'httpSend.result': call(SessionId, HttpSendResult),
  'httpSend.cancel': call(SessionId, nothing),
}
