/** Owns: reading recorded and live transcripts. */
import { z } from 'zod'
import { SessionSummary, TranscriptEvent } from '../../transcript/event.ts'
import { formatIds } from '../../transcript/export/formats.ts'
import { forms } from '../../transcript/import/types.ts'
import { Redaction } from '../../transcript/redact/types.ts'
import { call, SessionId, stream } from './kinds.ts'

export const TranscriptQuery = z.object({
  /** Free text over host, port, words, addresses and wire text. */
  text: z.string().max(500).optional(),
  source: SessionSummary.shape.source.optional(),
  /** Sessions older than this one, newest first; from an earlier page's `next`. */
  before: z.string().optional(),
  limit: z.int().min(1).max(500).default(200),
})

export const TranscriptPage = z.object({
  items: z.array(SessionSummary),
  next: z.string().optional(),
  total: z.int(),
})

/** A change of the list: a new or changed summary, or a session that is gone. */
export const TranscriptChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('put'), summary: SessionSummary }),
  z.object({ type: z.literal('gone'), session: z.string() }),
])
export type TranscriptChange = z.infer<typeof TranscriptChange>

/** A range of a message body: octets [from, from + size) as base64; at most 1 MiB a call. */
export const BodyRange = SessionId.extend({
  body: z.int().min(1),
  from: z.int().min(0),
  size: z
    .int()
    .min(1)
    .max(1 << 20),
})
export const BodyPart = z.object({ base64: z.string(), total: z.int() })

/** Characters of a case file's text in one message, both ways: what is exported can be imported again. */
export const mostCaseText = 64 << 20

/** A dialogue made ready to leave this computer. */
export const Shared = z.object({
  /** File name with the format's extension. */
  name: z.string(),
  mime: z.string(),
  /** Of a format that is text; otherwise `base64` is there. */
  text: z.string().optional(),
  base64: z.string().optional(),
  /** How many different things were replaced or removed. */
  replaced: z.object({ addresses: z.int(), names: z.int(), bodies: z.int() }),
  /** What a person should know before passing it on, in sentences: what is missing, what redaction could not look into. */
  notes: z.array(z.string()),
})
export type Shared = z.infer<typeof Shared>

/** Characters of a case file in one part. */
export const mostCasePart = 1 << 20

/** The new sessions, what could not be read, and which form was recognised; null when none was. */
const Imported = z.object({
  sessions: z.array(z.string()),
  problems: z.array(z.string()),
  form: z.enum(forms).nullable(),
})

export const transcript = {
  'transcript.list': call(TranscriptQuery, TranscriptPage),
  'transcript.get': call(SessionId, SessionSummary),
  /** Events of one session from 1 on; goes on live until the session's `end`. */
  'transcript.events': stream(SessionId, TranscriptEvent),
  'transcript.changes': stream(z.object({}), TranscriptChange),
  'transcript.body': call(BodyRange, BodyPart),
  'transcript.remove': call(
    z.object({ sessions: z.array(z.string()).max(10_000) }),
    z.object({ removed: z.int() }),
  ),
  /** The case file's text of one session; bodies included when asked for. `notes`: what of it could not be read, in sentences. */
  'transcript.export': call(
    SessionId.extend({ bodies: z.boolean().default(true) }),
    z.object({ name: z.string(), text: z.string(), notes: z.array(z.string()) }),
  ),
  /** One session in a format that exists, addresses, names and content hidden unless the person keeps them. */
  'transcript.share': call(
    SessionId.extend({ format: z.enum(formatIds), redact: Redaction.prefault({}) }),
    Shared,
  ),
  /** Read a case file's text, or what another program wrote of a dialogue. */
  'transcript.import': call(z.object({ text: z.string().max(mostCaseText) }), Imported),
  /** A file in parts, for one of any length; begun, its parts sent in order, and finished or given up. */
  'transcript.beginImport': call(z.object({}), z.object({ import: z.int() })),
  /** Answers when the part is stored, with the events read so far. `readLast`: the text is only kept until all of it is here. */
  'transcript.importPart': call(
    z.object({ import: z.int(), text: z.string().max(mostCasePart) }),
    z.object({ events: z.int(), readLast: z.boolean() }),
  ),
  /** All parts are sent: how far the reading is, 0 to 1, at the latest after a moment; it goes on by itself, and endImport waits for it and tells what failed. */
  'transcript.readImport': call(
    z.object({ import: z.int() }),
    z.object({ events: z.int(), share: z.number().min(0).max(1), done: z.boolean() }),
  ),
  /** `cancel`: nothing of it stays. */
  'transcript.endImport': call(z.object({ import: z.int(), cancel: z.boolean().default(false) }), Imported),
}
