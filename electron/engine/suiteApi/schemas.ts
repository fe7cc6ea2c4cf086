/**
 * Owns: the shapes of what the API takes and answers. The document at /openapi.json is made of these, requests are parsed by
 * them, and the tests hold every answer against them.
 */
import { z } from 'zod'
import { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { boxSorts, MessageCheck, MessagePart, MessageSummary, Shown } from '#shared/rpc/contract/inbox.ts'
import { findingBody, Phase, SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { outcomes } from '#shared/inbox/outcome.ts'
import { longestQuery } from '#shared/inbox/query.ts'

/** A whole number as it stands in an address. */
const whole = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/u, `write a whole number from ${least} to ${most}`)
    .transform(Number)
    .pipe(z.int().min(least).max(most))
    .prefault(String(fallback))

const Flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .pipe(z.boolean())

/** Milliseconds of the longest wait, and of one that names none. */
export const longestWait = 120_000
const usualWait = 10_000

const queryText = z.string().max(longestQuery)
const Query = queryText.default('').describe('As typed in the Inbox: words, "phrases", from: to: subject: body: has:attachment is:unread tag: port: user: after: before: larger: smaller:, and a minus for what must not be there.') // prettier-ignore
const Show = Shown.default('kept').describe('kept: messages. refused, broken, idle: sessions that left none. all: both.') // prettier-ignore
const Mark = z.string().max(40).describe('A place in the order of arrivals, from /api/v1/mark or an answer.')

/** As the list gives it: a place in its order. */
function isPlace(text: string): boolean {
  try {
    const place: unknown = JSON.parse(text)
    if (!Array.isArray(place) || place.length !== 2) return false
    const [key, n]: unknown[] = place
    return (typeof key === 'string' || Number.isFinite(key)) && Number.isInteger(n)
  } catch {
    return false
  }
}
const Next = z.string().max(2000).refine(isPlace, 'is none of a page\'s "next"; take it as it stands there').describe('The "next" of the page before.') // prettier-ignore

export const Id = z.strictObject({ id: z.string().min(1).max(200) })
export const PartAddress = Id.extend({ path: z.string().min(1).max(200) })
export const ProblemAddress = z.strictObject({ name: z.string().max(40) })
export const Nothing = z.strictObject({})

export const ListQuery = z.strictObject({
  query: Query,
  show: Show,
  sort: z.enum(boxSorts).default('newest'),
  limit: whole(1, 500, 100),
  before: Next.optional(),
})

export const WaitQuery = z.strictObject({
  query: Query,
  show: Show,
  since: Mark.optional().describe('Only what came after this mark. Without it what is in the box already will do as well.'), // prettier-ignore
  timeout: whole(0, longestWait, usualWait).describe('Milliseconds.'),
})

export const BulkQuery = z.strictObject({
  query: queryText.optional().describe('Which ones; needed unless all=true.'),
  all: Flag.default(false).describe('Every one, so that a forgotten query does not empty the box.'),
  show: Show,
})

export const EventsQuery = z.strictObject({
  since: Mark.optional().describe('Begin behind this mark; Last-Event-ID, which clients send by themselves, goes before it.'), // prettier-ignore
})

export const SessionsQuery = z.strictObject({
  text: z.string().max(longestQuery).default('').describe('Words that stand in the dialogue.'),
  limit: whole(1, 200, 50),
  before: z.string().max(2000).optional().describe('The "next" of the page before.'),
})

export const TranscriptQuery = z.strictObject({
  after: whole(0, 999_999_999, 0).describe('Events behind this number.'),
  limit: whole(1, 10_000, 10_000),
})

export const Change = z
  .strictObject({ unread: z.boolean().optional(), starred: z.boolean().optional() })
  .refine(({ unread, starred }) => unread !== undefined || starred !== undefined, {
    message: 'name unread or starred, as {"unread": false}',
  })

export const Summary = MessageSummary
export const MessageList = z.object({
  items: z.array(Summary),
  next: z.string().optional(),
  total: z.int().describe('Of what was asked for.'),
  mark: z.string().describe('What comes later has a later place: wait with since=MARK.'),
})

export const Finding = z.object(findingBody)
export const Link = z.object({ href: z.string(), text: z.string().optional() })

export const Message = z.object({
  id: z.string(),
  session: z.string(),
  receivedAt: z.iso.datetime(),
  envelope: z.object({
    mailFrom: z.string(),
    rcptTo: z.array(z.string()),
    port: z.int(),
    sealed: z.boolean().describe('It came through TLS.'),
    user: z.string().optional().describe('Who had signed in.'),
  }),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).describe('In order, values decoded.'),
  text: z.string(),
  textNote: z.string().optional().describe('That it was made from the HTML, or cut.'),
  html: z.string().nullable().describe('As it stands in the message, not made safe.'),
  htmlNote: z.string().optional(),
  links: z.array(Link).describe('Of the HTML with their words, then those that only the text has.'),
  parts: z.array(MessagePart.extend({ href: z.string() })),
  partsLeftOut: z.int(),
  size: z.int(),
  unread: z.boolean(),
  starred: z.boolean(),
  tags: z.array(z.string()),
  findings: z.array(Finding).describe('What the dialogue that brought it showed.'),
  checks: z.array(MessageCheck).describe('Lines, header and MIME of the message itself.'),
  problems: z.array(z.string()).describe('What could not be read, in words.'),
  source: z.string().describe('Where its octets are, exactly as received.'),
})

/** A session that left no message, or a message, as a wait finds it. */
export const Found = z.object({
  mark: z.string().describe('Wait for the next one with since=MARK.'),
  message: Message.nullable(),
  session: Summary.nullable().describe('Where show asked for sessions that left no message.'),
})

export const Session = z.object({
  id: z.string(),
  startedAt: z.iso.datetime(),
  state: z.enum(['live', 'held', 'ended']),
  outcome: z.enum([...outcomes, 'relayed']).nullable().describe('relayed: it gave its messages to the relay. null: it goes on, or its text is not read yet.'), // prettier-ignore
  words: z.string(),
  client: z.string().optional(),
  port: z.int(),
  mailFrom: z.string().optional(),
  rcptTo: z.array(z.string()).optional(),
  decided: z
    .object({ phase: Phase, words: z.string(), seq: z.int() })
    .optional()
    .describe('The reply or the ending that decided, and its event.'),
  took: z.int().describe('Microseconds.'),
  events: z.int(),
  messages: z.array(z.string()).describe('Ids of the messages that it left in the Inbox.'),
  queued: z.int().describe('How many messages it gave to the relay.'),
})
export const SessionList = z.object({ items: z.array(Session), next: z.string().optional(), total: z.int() })
export const SessionDetail = Session.extend({ findings: z.array(Finding) })
export const Transcript = z.object({
  session: SessionSummary,
  events: z.array(TranscriptEvent),
  complete: z.boolean().describe('The last of these is the last of the session.'),
})

export const MarkAnswer = z.object({ mark: z.string() })
export const Removed = z.object({ removed: z.int() })
export const Changed = z.object({ changed: z.int() })
export const Health = z.object({ status: z.literal('ok'), version: z.string() })
export const ProblemHelp = z.object({
  name: z.string(),
  status: z.int(),
  title: z.string(),
  help: z.string(),
})
export const Document = z.looseObject({ openapi: z.string() })
export const ServerAnswer = z.object({
  running: z.boolean(),
  listeners: z.array(
    z.object({
      address: z.string(),
      port: z.int(),
      tls: z.string(),
      auth: z.string(),
      state: z.enum(['listening', 'failed', 'off']),
      problem: z.string().optional(),
    }),
  ),
})

export const ProblemAnswer = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(FieldProblem).optional(),
  mark: z.string().optional(),
  seen: z.int().optional().describe('Of a wait: how many came that are not it.'),
  others: z.array(Summary).optional().describe('Of a wait: the last of those.'),
})
