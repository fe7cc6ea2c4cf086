/**
 * Owns: which findings only one of two runs has: by code and place. A port that one run could not connect to says nothing
 * of what the other found behind the connection, so that this neither appeared nor went.
 */
import type { PortResult, ProbeReport } from '../rpc/contract/probeReport.ts'
import type { Pair } from './align.ts'
import { isUnknown } from './rowChanges.ts'
import type { PlacedFinding, ProbeChanges } from './types.ts'

/** Findings told on either side. */
const most = 200

export function findingChanges(
  pairs: readonly Pair[],
  before: ProbeReport,
  after: ProbeReport,
): ProbeChanges['findings'] {
  const rows = pairs.map(({ before: ours, after: theirs }) => rowFindings(ours, theirs))
  const shared = sharedFindings(before, after)
  return {
    appeared: [...shared.appeared, ...rows.flatMap(({ appeared }) => appeared)].slice(0, most),
    gone: [...shared.gone, ...rows.flatMap(({ gone }) => gone)].slice(0, most),
  }
}

function rowFindings(
  before: PortResult | undefined,
  after: PortResult | undefined,
): ProbeChanges['findings'] {
  if (!before || !after || isUnknown(before) || isUnknown(after)) return { appeared: [], gone: [] }
  const [ours, theirs] = [before.connect === 'connected', after.connect === 'connected']
  return {
    appeared: ours || !theirs ? lacking(after, before) : [],
    gone: theirs || !ours ? lacking(before, after) : [],
  }
}

/** Of `one` those whose code `other` has not. */
function lacking(one: PortResult, other: PortResult): PlacedFinding[] {
  const known = new Set(other.findings.map(({ code }) => code))
  const { host, port, family, session } = one
  return one.findings
    .filter(({ code }) => !known.has(code))
    .map((finding) => ({
      ...finding,
      host,
      port,
      ...(family === undefined ? {} : { family }),
      proof: [{ session, events: [...finding.evidence] }],
    }))
}

/** Those about several dialogues: by code and the hosts and ports that prove them. The recommendation is told by itself. */
function sharedFindings(before: ProbeReport, after: ProbeReport): ProbeChanges['findings'] {
  const [ours, theirs] = [placed(before), placed(after)]
  const only = (a: typeof ours, b: typeof ours): PlacedFinding[] =>
    [...a].flatMap(([key, finding]) => (b.has(key) ? [] : [finding]))
  return { appeared: only(theirs, ours), gone: only(ours, theirs) }
}

function placed(report: ProbeReport): Map<string, PlacedFinding> {
  const places = new Map(report.results.map(({ session, host, port }) => [session, `${host} ${port}`]))
  const told = report.findings.filter(({ code }) => code !== 'recommended-port')
  return new Map(
    told.map((finding) => {
      const at = finding.proof.map(({ session }) => places.get(session) ?? '')
      return [`${finding.code} ${[...new Set(at)].toSorted().join(', ')}`, finding]
    }),
  )
}
