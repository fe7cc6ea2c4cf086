/**
 * Owns: what an export format is. A format is a pure function of one recorded session; it never sees a secret, because
 * none is in a transcript, and it never decides what to hide: that is done before it (`shared/transcript/redact`).
 */
import type { SessionSummary, TranscriptEvent } from '../event.ts'

/** One session with all its events in order. `chunk` events carry `raw` where message content is to be exported. */
export interface Recorded {
  head: SessionSummary
  events: readonly TranscriptEvent[]
}

/** Files that hold a dialogue. */
export const fileFormats = ['case', 'text', 'markdown', 'json', 'har', 'pcapng', 'svg'] as const
/** Commands that repeat a dialogue; the password is asked for or taken from the environment, never in them. */
export const commandFormats = ['swaks', 'openssl', 'curl', 'nodemailer', 'python'] as const
export const exportFormats = [...fileFormats, ...commandFormats] as const
export type ExportFormatId = (typeof exportFormats)[number]

export interface ExportFormat {
  id: ExportFormatId
  /** As a person calls it: "Markdown for a ticket". */
  name: string
  /** With the dot. */
  extension: string
  mime: string
  /** What a reader of this format does not get, in one sentence; '' when nothing is missing. */
  leavesOut: string
  /**
   * In pieces, text or octets, in order; an empty piece says only that work goes on. A session's end may be missing: a live
   * one is exported as it stands.
   */
  write(recorded: Recorded, program: string): Iterable<string | Uint8Array>
}
