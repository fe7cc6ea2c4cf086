/**
 * Owns: judging one record of a case file: is it JSON, is it a session or an event we know, does it follow what came
 * before. Answers with the record or with the problem in words; never throws.
 */
import { z } from 'zod'
import { type SessionHead, TranscriptEvent } from './event.ts'
import { EventRecord, SessionRecord } from './file.ts'

export type FileItem =
  | { type: 'session'; session: SessionHead; line: number }
  | { type: 'event'; event: TranscriptEvent; line: number }
  /**
   * `line` is 0 when the problem belongs to the whole file. `more`: so many further lines have the problem `of` that was told
   * of the first ones.
   */
  | { type: 'problem'; message: string; line: number; more?: { of: string; count: number } }

const EventName = TranscriptEvent.options[0].pick({ session: true, seq: true }).extend({ kind: z.string() })
const kinds = new Set<string>(TranscriptEvent.options.map(({ shape }) => shape.kind.value))

const mostSessions = 100_000
const problem = (line: number, message: string): FileItem => ({ type: 'problem', line, message })

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** First fault of a record: which field, what would be right. */
function why(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue === undefined ? 'not readable' : `${issue.path.join('.') || 'record'}: ${issue.message}`
}

export class RecordCheck {
  /** Number of the last event of each session in the file. */
  readonly #last = new Map<string, number>()

  /** One record gives itself and perhaps a problem (what is missing before it), or a problem alone. */
  check(text: string, line: number): FileItem[] {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return [problem(line, `not valid JSON: ${shorten(text)}`)]
    }
    const kind: unknown = typeof value === 'object' && value !== null && 'record' in value ? value.record : undefined
    if (kind === 'session') return this.#session(value, line)
    if (kind === 'event') return this.#event(value, line)
    // Only a text is repeated: to write down a value nested a million deep would overflow the stack.
    const shown = typeof kind === 'string' ? `unknown record ${shorten(JSON.stringify(kind))}` : 'a record that does not say what it is'
    return [problem(line, `${shown}, passed over`)]
  } // prettier-ignore

  #session(value: unknown, line: number): FileItem[] {
    const parsed = SessionRecord.safeParse(value)
    if (!parsed.success) return [problem(line, `not a session, passed over: ${why(parsed.error)}`)]
    const { id } = parsed.data
    if (this.#last.has(id)) return [problem(line, `session ${shorten(id)} is in the file twice; the second is passed over`)]
    if (this.#last.size >= mostSessions) return [problem(line, `more than ${mostSessions} sessions; this one is passed over`)]
    this.#last.set(id, 0)
    return [{ type: 'session', session: parsed.data, line }]
  } // prettier-ignore

  /** A kind that was added later: told once, and its number is not missed. */
  #newer(value: unknown): boolean {
    const named = EventName.safeParse(value)
    if (!named.success || kinds.has(named.data.kind)) return false
    const { session, seq } = named.data
    if (this.#last.get(session) === seq - 1) this.#last.set(session, seq)
    return true
  }

  #event(value: unknown, line: number): FileItem[] {
    const parsed = EventRecord.safeParse(value)
    if (!parsed.success && this.#newer(value)) return [problem(line, 'an event of a kind that this version does not know, passed over; update Relayscope to read it')] // prettier-ignore
    if (!parsed.success) return [problem(line, `not an event, passed over: ${why(parsed.error)}`)]
    const event = parsed.data
    const last = this.#last.get(event.session)
    if (last === undefined) return [problem(line, `event of a session that the file does not have (${shorten(event.session)}), passed over`)] // prettier-ignore
    if (event.seq <= last) return [problem(line, `event ${event.seq} after event ${last}, passed over`)]
    this.#last.set(event.session, event.seq)
    const item: FileItem = { type: 'event', event, line }
    if (event.seq === last + 1) return [item]
    const missing =
      event.seq === last + 2 ? `event ${last + 1} is` : `events ${last + 1} to ${event.seq - 1} are`
    return [problem(line, `${missing} missing`), item]
  }
}
