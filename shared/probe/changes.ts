/**
 * Owns: what changed between two probes of one host. What differs every time (times within a factor of two or a quarter
 * of a second, numbers and times in greetings) is no change. Swapping the runs mirrors the result: rows, values and tones.
 */
import type { PortResult, ProbeReport } from '../rpc/contract/probeReport.ts'
import { alignResults, type Pair } from './align.ts'
import { domainChanges } from './domainChanges.ts'
import { findingChanges } from './findingChanges.ts'
import { rowChanges } from './rowChanges.ts'
import { changesSentence } from './sentence.ts'
import type { Advice, ProbeChanges, RowChanges } from './types.ts'

export type { Advice, Change, ChangeTone, PlacedFinding, ProbeChanges, RowChanges } from './types.ts'

/** `before`: the earlier run. Pure and deterministic. */
export function changesBetween(before: ProbeReport, after: ProbeReport): ProbeChanges {
  const pairs = alignResults(before.results, after.results)
  const rows = pairs.map(rowOf)
  const findings = findingChanges(pairs, before, after)
  const recommendation = recommendationChange(before, after)
  const domain = domainChanges(before, after)
  const same =
    rows.every(({ kind }) => kind === 'same') &&
    findings.appeared.length + findings.gone.length === 0 &&
    recommendation === undefined &&
    domain.length === 0
  const found = {
    same,
    rows,
    findings,
    ...(recommendation ? { recommendation } : {}),
    ...(domain.length > 0 ? { domain } : {}),
  }
  return { ...found, sentence: changesSentence(found, before, after) }
}

function rowOf({ before, after }: Pair): RowChanges {
  const changes = before && after ? rowChanges(before, after) : []
  const kind = !before ? 'new' : !after ? 'gone' : changes.length > 0 ? 'changed' : 'same'
  const { host, port } = (before ?? after)!
  const mode = common(before, after, 'mode')
  const family = common(before, after, 'family')
  const address = common(before, after, 'address')
  return {
    host,
    port,
    ...(mode === undefined ? {} : { mode }),
    ...(family === undefined ? {} : { family }),
    ...(address === undefined ? {} : { address }),
    kind,
    changes,
    sessions: { ...(before ? { before: before.session } : {}), ...(after ? { after: after.session } : {}) },
  }
}

/** What both have alike, or what the only one has. */
function common<K extends 'mode' | 'family' | 'address'>(
  before: PortResult | undefined,
  after: PortResult | undefined,
  key: K,
): PortResult[K] | undefined {
  if (before && after) return before[key] === after[key] ? before[key] : undefined
  return (before ?? after)?.[key]
}

function recommendationChange(before: ProbeReport, after: ProbeReport): ProbeChanges['recommendation'] {
  const [a, b] = [before, after].map(({ recommendation }) => recommendation && adviceOf(recommendation))
  return a?.port === b?.port && a?.tls === b?.tls ? undefined : { before: a ?? null, after: b ?? null }
}

const adviceOf = ({ port, tls }: Advice): Advice => ({ port, tls })
