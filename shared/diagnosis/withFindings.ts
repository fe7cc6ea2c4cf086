/** Owns: putting what diagnosis finds into a session that was read from elsewhere, as if its recorder had found it. */
import { atOnce } from '../steps.ts'
import type { TranscriptEvent } from '../transcript/event.ts'
import type { Head } from './reading/types.ts'
import { diagnosingTranscript } from './transcript.ts'

/** The events with the findings before the end. Numbers stay without gaps; remarks prove nothing and are not asked. */
export const withFindings = (head: Head, events: readonly TranscriptEvent[]): TranscriptEvent[] =>
  atOnce(findingInSteps(head, events))

/** The same in steps of some milliseconds at most. */
export function* findingInSteps(
  head: Head,
  events: readonly TranscriptEvent[],
): Generator<void, TranscriptEvent[]> {
  const findings = yield* diagnosingTranscript(head, events.filter(({ kind }) => kind !== 'remark')) // prettier-ignore
  const last = events.at(-1)
  if (last === undefined || findings.length === 0) return [...events]
  const ended = last.kind === 'end'
  const before = ended ? events.slice(0, -1) : events
  const { session, at } = last
  const told = findings.map((finding, index): TranscriptEvent => ({
    ...finding, session, at, seq: before.length + index + 1, kind: 'finding', direction: 'none',
  })) // prettier-ignore
  return [...before, ...told, ...(ended ? [{ ...last, seq: before.length + told.length + 1 }] : [])]
}
