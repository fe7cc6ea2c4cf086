/** Owns: the findings of a ticket, gravest first: what, how sure, whose side, what proves it, what to do next. */
import type { ProbeFinding, ProbeReport } from '../rpc/contract/probeReport.ts'
import { sortedFindings } from './findings.ts'
import { eventsOf, placesOf } from './places.ts'
import { name, say } from './ticketText.ts'

const marks = { error: 'Error', warning: 'Warning', info: 'Note', good: 'Good' } as const
const mostFindings = 60
/** Places of one finding. */
const mostPlaces = 4

export function findingLines(report: ProbeReport): string[] {
  const sorted = sortedFindings(report)
  if (sorted.length === 0) return []
  const places = placesOf(report)
  const more = sorted.length - mostFindings
  return [
    '## Findings',
    '',
    ...sorted.slice(0, mostFindings).flatMap((finding) => lines(finding, places)),
    ...(more > 0 ? [`- ${more} more are in the report.`] : []),
  ]
}

/** As `mx.test port 25 over IPv4`, events 3, 4 of `01JD…`. */
function placeOf(place: string | undefined, session: string, events: readonly number[]): string {
  return `${place === undefined ? '' : `${name(place)}, `}${eventsOf(events, session, name)}`
}

function lines(finding: ProbeFinding, known: ReadonlyMap<string, string>): string[] {
  const { severity, code, confidence, side, message, next, references = [], proof } = finding
  const places = proof.map(({ session, events }) => placeOf(known.get(session), session, events))
  const more = places.length - mostPlaces
  const evidence = places.slice(0, mostPlaces).join('; ') + (more > 0 ? `; and ${more} more` : '')
  return [
    `- **${marks[severity]}** ${name(code)} (${confidence}, ${side === 'unknown' ? 'side unknown' : `side: ${side}`}): ${say(message)}`,
    ...(next === '' ? [] : [`  - Next: ${say(next)}`]),
    `  - Evidence: ${evidence}`,
    ...(references.length > 0 ? [`  - See: ${say(references.slice(0, 6).join(', '))}`] : []),
  ]
}
