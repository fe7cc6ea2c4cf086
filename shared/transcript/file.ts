/**
 * Owns: the case file. One valid JSON document, laid out one record a line, so that it can be written and read as a
 * stream, a person can read it, and a file that was cut still yields what came before:
 *
 *     {"format":"relayscope-transcript","version":1,"program":"relayscope 0.1.0","records":[
 *     {"record":"session","id":"…","source":"send",…},
 *     {"record":"event","session":"…","seq":1,…}
 *     ]}
 *
 * Several sessions may be in one file, their records in any mixture; a session's record comes before its events. Events
 * are those of event.ts; a `chunk` carries its octets in `raw` when bodies are included. Who adds to the format raises
 * the version only when an older reader would misread it: unknown fields are passed over, unknown records and unknown
 * kinds of event are told. Of a newer version's file is read what still has a form known here, and said that it is not all.
 */
import { z } from 'zod'
import { SessionHead, TranscriptEvent } from './event.ts'

export const fileFormat = 'relayscope-transcript'
export const fileVersion = 1

/** Usual end of a file's name. */
export const fileExtension = '.relayscope.json'

export const FileHeader = z.object({
  format: z.literal(fileFormat),
  version: z.int().min(1),
  program: z.string().optional(),
})
export type FileHeader = z.infer<typeof FileHeader>

/** A session's head. Its summary is derived from the events, so the file cannot contradict itself. */
export const SessionRecord = SessionHead
export const EventRecord = TranscriptEvent

/** Characters of one record that are read; a longer one is told and passed over. A line of 10 MB of text fits. */
export const recordLimit = 16 << 20
