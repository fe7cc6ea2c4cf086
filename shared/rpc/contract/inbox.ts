/** Owns: reading the messages that the local server kept. */
import { z } from 'zod'
import { call, nothing, stream } from './kinds.ts'

export const MessageSummary = z.object({
  id: z.string(),
  /** The session that delivered it. */
  session: z.string(),
  receivedAt: z.iso.datetime(),
  /** Envelope (RFC 5321). */
  mailFrom: z.string(),
  rcptTo: z.array(z.string()),
  /** Headers, decoded; '' when absent. */
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  size: z.int(),
  attachments: z.int(),
  unread: z.boolean(),
  /** Listener's port. */
  port: z.int(),
  sealed: z.boolean(),
  user: z.string().optional(),
})
export type MessageSummary = z.infer<typeof MessageSummary>

export const MessageDetail = MessageSummary.extend({
  /** In order, names as written, values decoded. */
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  text: z.string(),
  /** True when the text was made from HTML or cut at a limit. */
  textNote: z.string().optional(),
  html: z.boolean(),
  parts: z.array(z.object({ name: z.string(), type: z.string(), size: z.int() })),
  /** What the parser could not read, in words. */
  problems: z.array(z.string()),
})
export type MessageDetail = z.infer<typeof MessageDetail>

export const InboxQuery = z.object({
  text: z.string().max(500).optional(),
  before: z.string().optional(),
  limit: z.int().min(1).max(500).default(200),
})

export const InboxChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('put'), summary: MessageSummary }),
  z.object({ type: z.literal('gone'), ids: z.array(z.string()) }),
  z.object({ type: z.literal('cleared') }),
])
export type InboxChange = z.infer<typeof InboxChange>

const Id = z.object({ id: z.string().min(1) })

export const inbox = {
  'inbox.list': call(
    InboxQuery,
    z.object({
      items: z.array(MessageSummary),
      next: z.string().optional(),
      total: z.int(),
      unread: z.int(),
    }),
  ),
  'inbox.get': call(Id, MessageDetail),
  /** Octets [from, from + size) of the message exactly as received, base64; at most 1 MiB a call. */
  'inbox.source': call(
    Id.extend({
      from: z.int().min(0),
      size: z
        .int()
        .min(1)
        .max(1 << 20),
    }),
    z.object({ base64: z.string(), total: z.int() }),
  ),
  'inbox.mark': call(z.object({ ids: z.array(z.string()).max(10_000), unread: z.boolean() }), nothing),
  'inbox.remove': call(z.object({ ids: z.array(z.string()).max(10_000) }), z.object({ removed: z.int() })),
  'inbox.clear': call(nothing, z.object({ removed: z.int() })),
  'inbox.changes': stream(nothing, InboxChange),
}
