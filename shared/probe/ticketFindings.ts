/** Owns: the findings of a ticket, gravest first: what, how sure, whose side, what proves it, what to do next. */
import type { Finding } from '../diagnosis/finding.ts'
import type { ProbeReport } from '../rpc/contract/probeReport.ts'
import { rowWords } from './sentence.ts'
import { name, say } from './ticketText.ts'

const grades = ['error', 'warning', 'info', 'good'] as const
const marks = { error: 'Error', warning: 'Warning', info: 'Note', good: 'Good' } as const
const mostFindings = 60
/** Places of one finding, and events of one place. */
const mostPlaces = 4
const mostEvents = 8

interface Told {
  finding: Finding
  places: string[]
}

export function findingLines(report: ProbeReport): string[] {
  const all = collect(report)
  if (all.length === 0) return []
  const sorted = grades.flatMap((grade) => all.filter(({ finding }) => finding.severity === grade))
  const more = sorted.length - mostFindings
  return [
    '## Findings',
    '',
    ...sorted.slice(0, mostFindings).flatMap(lines),
    ...(more > 0 ? [`- ${more} more are in the report.`] : []),
  ]
}

/** What several ports share is said once; the recommendation has its own place. */
function collect({ findings, results }: ProbeReport): Told[] {
  const all = new Map<string, Told>()
  const tell = (finding: Finding, place: string): void => {
    const key = `${finding.code} ${finding.message}`
    const known = all.get(key)
    if (known) known.places.push(place)
    else all.set(key, { finding, places: [place] })
  }
  const rows = new Map(results.map((result) => [result.session, rowWords(result)]))
  for (const finding of findings)
    if (finding.code !== 'recommended-port')
      for (const { session, events } of finding.proof) tell(finding, placeOf(rows.get(session), session, events)) // prettier-ignore
  for (const result of results)
    for (const finding of result.findings)
      tell(finding, placeOf(rowWords(result), result.session, finding.evidence))
  return [...all.values()]
}

/** As `mx.test port 25 over IPv4`, events 3, 4 of `01JD…`. */
function placeOf(row: string | undefined, session: string, events: readonly number[]): string {
  const where = row === undefined ? '' : `${name(row)}, `
  const numbers = events.slice(0, mostEvents).join(', ')
  return `${where}event${events.length === 1 ? '' : 's'} ${numbers} of ${name(session)}`
}

function lines({ finding, places }: Told): string[] {
  const { severity, code, confidence, side, message, next, references = [] } = finding
  const more = places.length - mostPlaces
  const evidence = [...new Set(places)].slice(0, mostPlaces).join('; ') + (more > 0 ? `; and ${more} more` : '') // prettier-ignore
  return [
    `- **${marks[severity]}** ${name(code)} (${confidence}, ${side === 'unknown' ? 'side unknown' : `side: ${side}`}): ${say(message)}`,
    ...(next === '' ? [] : [`  - Next: ${say(next)}`]),
    `  - Evidence: ${evidence}`,
    ...(references.length > 0 ? [`  - See: ${say(references.slice(0, 6).join(', '))}`] : []),
  ]
}
