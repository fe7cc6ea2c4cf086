/** Owns: reading what came to the local server: messages it kept, and sessions that left none. */
import { z } from 'zod'
import { outcomes } from '../../inbox/outcome.ts'
import { Phase } from '../../transcript/event.ts'
import { inboxKeep } from './inboxKeep.ts'
import { inboxRelease } from './inboxRelease.ts'
import { inboxTags } from './inboxTags.ts'
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
  starred: z.boolean(),
  /** The +suffix of recipients (RFC 5233) and the X-Tag field, lower case. */
  tags: z.array(z.string()),
  /**
   * `kept` is a message. Any other is a session that left none (its `id` is the session's): `subject` says what
   * happened, `size` how much of a message came, and `decided` why.
   */
  outcome: z.enum(outcomes),
  decided: z
    .object({
      phase: Phase,
      /** First line of the reply, or how it ended. */
      words: z.string(),
      /** Event that decided. */
      seq: z.int(),
      /** `IP:PORT`. */
      client: z.string(),
      /** Octets that the client had announced (SIZE, RFC 1870). */
      declared: z.int().optional(),
    })
    .optional(),
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

export const boxSorts = ['newest', 'oldest', 'size', 'sender'] as const
export type BoxSort = (typeof boxSorts)[number]
/** `all` is everything; the default, `kept`, is messages alone. */
export const Shown = z.enum([...outcomes, 'all'])
export type Shown = z.infer<typeof Shown>

const Search = z.object({
  /** As shared/inbox/query.ts reads it. */
  text: z.string().max(500).optional(),
  show: Shown.optional(),
})

export const InboxQuery = Search.extend({
  sort: z.enum(boxSorts).optional(),
  /** The `next` of the page before. */
  before: z.string().max(2000).optional(),
  limit: z.int().min(1).max(500).default(200),
})

/** What a person should know of a message's HTML before it is drawn. */
export const MessageView = z.object({
  remoteImages: z.int(),
  /** Of the remote images those that are too small to be seen. */
  trackers: z.int(),
  removed: z.array(z.object({ kind: z.string(), count: z.int() })),
  links: z.array(z.object({ text: z.string(), href: z.string() })),
  /** In words, when not all of it is drawn. */
  cut: z.string().optional(),
})
export type MessageView = z.infer<typeof MessageView>

/** A part of the MIME tree, in the order of the message; `depth` 0 is the message itself. */
export const MessagePart = z.object({
  /** As `1.2.1`. */
  path: z.string(),
  depth: z.int(),
  type: z.string(),
  encoding: z.string(),
  charset: z.string().optional(),
  /** `attachment`, `inline` or ''. */
  disposition: z.string(),
  name: z.string(),
  contentId: z.string(),
  /** Octets when decoded, and as they stand in the message. */
  size: z.int(),
  encoded: z.int(),
})
export type MessagePart = z.infer<typeof MessagePart>

export const MessageCheck = z.object({
  verdict: z.enum(['good', 'info', 'warn', 'bad']),
  title: z.string(),
  detail: z.string(),
  reference: z.string(),
})
export type MessageCheck = z.infer<typeof MessageCheck>

export const CheckReport = z.object({
  /** Who was asked. */
  resolver: z.string(),
  /** Questions, as `TXT _dmarc.shop.example`. */
  asked: z.array(z.string()),
  checks: z.array(MessageCheck),
})
export type CheckReport = z.infer<typeof CheckReport>

export const InboxChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('put'), summary: MessageSummary }),
  /** A session that left no message. */
  z.object({ type: z.literal('session'), summary: MessageSummary }),
  /** So many changed at once that reading the list anew is simpler. */
  z.object({ type: z.literal('many') }),
  z.object({ type: z.literal('gone'), ids: z.array(z.string()) }),
  z.object({ type: z.literal('cleared') }),
])
export type InboxChange = z.infer<typeof InboxChange>

/** What can be done with all that a search finds. */
export const bulkActs = ['read', 'unread', 'star', 'unstar', 'remove'] as const

/** How many there are of each, whatever is searched for. */
export const BoxCounts = z.object({ kept: z.int(), refused: z.int(), broken: z.int(), idle: z.int() })
export type BoxCounts = z.infer<typeof BoxCounts>

const Id = z.object({ id: z.string().min(1) })

export const inbox = {
  ...inboxKeep,
  ...inboxRelease,
  ...inboxTags,
  /** Where a damaged database lies that was set aside when the program started; null when it was whole. */
  'inbox.setAside': call(nothing, z.object({ path: z.string().nullable() })),
  'inbox.list': call(
    InboxQuery,
    z.object({
      items: z.array(MessageSummary),
      next: z.string().optional(),
      /** Of what was asked for. */
      total: z.int(),
      unread: z.int(),
      counts: BoxCounts,
      /** Octets of the database on disk, transcripts included, and of the large contents beside it. */
      disk: z.int(),
    }),
  ),
  'inbox.get': call(Id, MessageDetail),
  'inbox.parts': call(
    Id,
    z.object({ parts: z.array(MessagePart), more: z.int(), problems: z.array(z.string()) }),
  ),
  /** Octets [from, from + size) of a part with its transfer encoding undone; at most 1 MiB a call. */
  'inbox.part': call(
    Id.extend({
      path: z.string().max(200),
      from: z.int().min(0),
      size: z
        .int()
        .min(1)
        .max(1 << 20),
    }),
    z.object({ base64: z.string(), total: z.int() }),
  ),
  /** Lines, header and MIME, without asking anybody. */
  'inbox.lint': call(Id, z.object({ checks: z.array(MessageCheck) })),
  /** SPF, DKIM, DMARC and ARC as if the message had come from `ip`. Asks DNS. */
  'inbox.authenticate': call(
    Id.extend({ server: z.string().max(200), ip: z.string().max(60), helo: z.string().max(255).default('') }),
    CheckReport,
  ),
  'inbox.view': call(Id, MessageView.nullable()),
  /**
   * The HTML part as a whole document, for the frame that the host serves under its own policy; '' when there is none.
   * `remote` lets pictures from elsewhere be fetched.
   */
  'inbox.document': call(Id.extend({ remote: z.boolean() }), z.object({ html: z.string() })),
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
  'inbox.star': call(z.object({ ids: z.array(z.string()).max(10_000), starred: z.boolean() }), nothing),
  /** Everything that the search finds at this moment. */
  'inbox.bulk': call(Search.extend({ act: z.enum(bulkActs) }), z.object({ changed: z.int() })),
  'inbox.remove': call(z.object({ ids: z.array(z.string()).max(10_000) }), z.object({ removed: z.int() })),
  'inbox.clear': call(nothing, z.object({ removed: z.int() })),
  'inbox.changes': stream(nothing, InboxChange),
  /** Tells nothing; while it is open the message is being read, and the keep rules leave it. */
  'inbox.reading': stream(Id, nothing),
}
