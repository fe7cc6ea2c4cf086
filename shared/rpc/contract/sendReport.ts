/**
 * Owns: what `send --json` prints, as one document: `relayscope.send/1`. Tests hold it against this schema. A field is only
 * ever added to it. Times are microseconds.
 */
import { z } from 'zod'
import { DialogueResult, DialogueTimings, RecipientResult } from './dialogue.ts'
import { Finding } from './probeReport.ts'
import { TranscriptEvent } from '../../transcript/event.ts'

export const sendSchema = 'relayscope.send/1'

export const SendReport = DialogueResult.extend({
  schema: z.literal(sendSchema),
  recipients: z.array(RecipientResult.extend({ findings: z.array(z.string()) })),
  findings: z.array(Finding),
  timings: DialogueTimings.extend({ total: z.int().min(0) }),
  /** Of the last response, when it went by an HTTP API; `reply` is then the start of its body, `recipients` empty. */
  status: z.int().optional(),
  /** Every event, in order. */
  transcript: z.array(TranscriptEvent),
})
export type SendReport = z.infer<typeof SendReport>

/** The document of a send that has ended. `events` are all of its session, its `end` included. */
export function sendReport(result: DialogueResult, events: readonly TranscriptEvent[]): SendReport {
  const { recipients, findings, timings, ...rest } = result
  const told = events.flatMap((event) => (event.kind === 'finding' ? [findingOf(event)] : []))
  return {
    schema: sendSchema,
    ...rest,
    recipients: recipients.map((recipient) => ({ ...recipient, findings: recipient.findings ?? [] })),
    // The result's are bounded; those of the events are all.
    findings: told.length > 0 ? told : (findings ?? []),
    timings: { ...timings, total: timings?.total ?? events.at(-1)?.at ?? 0 },
    transcript: [...events],
  }
}

function findingOf(event: Extract<TranscriptEvent, { kind: 'finding' }>): z.infer<typeof Finding> {
  const { code, severity, phase, side, confidence, evidence, message, next, references } = event
  const base = { code, severity, phase, side, confidence, evidence, message, next }
  return references === undefined ? base : { ...base, references }
}
