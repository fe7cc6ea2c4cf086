/**
 * Owns: the diagnosis of one recorded or imported session: every rule that needs nothing but the transcript. Pure and
 * deterministic; what a session's recorder has found already is not said again.
 */
import { atOnce } from '../steps.ts'
import type { TranscriptEvent } from '../transcript/event.ts'
import type { Finding } from './finding.ts'
import { readingTranscript } from './reading/read.ts'
import type { Head, Reading } from './reading/types.ts'
import { rulesFor } from './rules/index.ts'

/** Event numbers that one finding names at most. */
const mostEvidence = 50

/**
 * Findings that the events do not hold yet, in the order of their evidence, one for each code as in a recorded session.
 * `events`: in order; a beginning or an end may be missing, and so may times, phases and all that is known of TLS.
 */
export const diagnoseTranscript = (head: Head, events: readonly TranscriptEvent[]): Finding[] =>
  atOnce(diagnosingTranscript(head, events))

/** The same in steps of some milliseconds at most: one for each event, and one for each rule. */
export function* diagnosingTranscript(
  head: Head,
  events: readonly TranscriptEvent[],
): Generator<void, Finding[]> {
  // The rules are those of SMTP: of HTTP the recorder says itself what it found.
  if (head.protocol === 'http') return []
  const known = new Set(events.flatMap((event) => (event.kind === 'finding' ? [event.code] : [])))
  const all = yield* findIn(yield* readingTranscript(head, events))
  const found = all.filter(({ code }) => !known.has(code))
  return found.toSorted((a, b) => a.evidence[0]! - b.evidence[0]!)
}

function* findIn(reading: Reading): Generator<void, Finding[]> {
  const found = new Map<string, Finding>()
  for (const rule of rulesFor(reading.head.role)) {
    for (const finding of rule(reading)) {
      const same = found.get(finding.code)
      found.set(finding.code, same ? joined(same, finding) : joined(finding, finding))
    }
    yield
  }
  return [...found.values()].filter(({ evidence }) => evidence.length > 0)
}

/** The first one's words with the evidence of both. */
function joined(first: Finding, second: Finding): Finding {
  const evidence = [...new Set([...first.evidence, ...second.evidence])].toSorted((a, b) => a - b)
  return { ...first, evidence: evidence.slice(0, mostEvidence) }
}
