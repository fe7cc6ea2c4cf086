/** Owns: what the transcript hub promises: every session in this program is recorded through it, once. */
import type { EventBody, SessionHead, SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { TranscriptChange } from '#shared/rpc/contract/transcript.ts'

/** Writes one transcript. Numbers and times each event; closing the session is writing its `end`. */
export interface Recorder {
  readonly session: string
  /** `at` in microseconds since the session began, when it was noticed earlier than it is written. */
  write(event: EventBody, at?: number): TranscriptEvent
  /** Number of the last event written. */
  readonly seq: number
  /** Microseconds since the session began. */
  elapsed(): number
  /** Known secrets of this session (password, its base64 forms): masked in everything written from now on. */
  conceal(secret: string): void
  /** The gate holds it, or no longer. Shown in the list. */
  held(value: boolean): void
  /** A message that this session delivered; `to` the relay's queue, where it is none of the Inbox. */
  delivered(message: string, to?: 'relay'): void
}

export interface Hub {
  begin(head: Omit<SessionHead, 'id' | 'startedAt'>): Recorder
  /** Live or stored, one source: from event 1, goes on until `end`. Null when unknown. */
  events(session: string): Promise<StreamSource<TranscriptEvent> | null>
  summary(session: string): Promise<SessionSummary | null>
  list(query: {
    text?: string | undefined
    source?: SessionSummary['source'] | undefined
    before?: string | undefined
    limit: number
  }): Promise<{
    items: SessionSummary[]
    next?: string
    total: number
  }>
  changes(): StreamSource<TranscriptChange>
  /** A whole session was put into the store beside the hub (an import): the list is told. */
  added(summary: SessionSummary): void
  remove(sessions: string[]): Promise<number>
  /** The store has removed these by itself (the Inbox's keep rules): the list is told. */
  gone(sessions: readonly string[]): void
  /** Ends what is still open as `cancelled` and flushes. */
  stop(): Promise<void>
}
