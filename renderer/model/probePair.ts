/** Owns: two probes side by side: their rows aligned by port and address family, on one time axis. */
import type { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { countWords } from './measures.ts'
import { roleOf, rowOf, type ResultRow } from './probeRow.ts'
import { axisOf, type Axis } from './probeWaterfall.ts'

export interface PairSide {
  row: ResultRow
  /** As "and 2 more addresses"; '' when there is one only. */
  more: string
}

export interface PairRow {
  key: string
  port: number
  role: string
  family: 4 | 6 | undefined
  left: PairSide | null
  right: PairSide | null
  /** In which cells the two differ; [] when one is missing. */
  differs: ('reach' | 'mode' | 'auth' | 'size')[]
}

export interface Pair {
  rows: PairRow[]
  axis: Axis
}

const cellKey = ({ port, family }: ResultRow) => `${port} ${family ?? ''}`

function sideOf(rows: readonly ResultRow[] | undefined): PairSide | null {
  if (!rows) return null
  // The best one speaks for the host: a client that is refused by one address tries the next (RFC 5321 §5.1).
  const row = rows.find(({ reach }) => reach.tone === 'good') ?? rows[0]!
  return {
    row,
    more: rows.length > 1 ? `and ${countWords(rows.length - 1, 'more address', 'more addresses')}` : '',
  }
}

function differences(left: PairSide | null, right: PairSide | null): PairRow['differs'] {
  if (!left || !right) return []
  const [a, b] = [left.row, right.row]
  const all: [PairRow['differs'][number], boolean][] = [
    ['reach', a.reach.tone !== b.reach.tone || a.result.connect !== b.result.connect],
    ['mode', a.mode?.words !== b.mode?.words],
    ['auth', a.auth !== b.auth],
    ['size', a.size !== b.size],
  ]
  return all.flatMap(([cell, differs]) => (differs ? [cell] : []))
}

type Told = Pick<ProbeReport, 'results' | 'startedAt'>

/** Ports in rising order, IPv4 before IPv6. */
export function pairOf(left: Told, right: Told): Pair {
  const sides = [left, right].map(({ results, startedAt }) =>
    Map.groupBy(
      results.map((result) => rowOf(result, Date.parse(startedAt))),
      cellKey,
    ),
  )
  const keys = [...new Set(sides.flatMap((side) => [...side.keys()]))]
  const rows = keys.map((key): PairRow => {
    const [a, b] = sides.map((side) => sideOf(side.get(key)))
    const { port, family } = (a ?? b)!.row
    return { key, port, role: roleOf(port), family, left: a!, right: b!, differs: differences(a!, b!) }
  })
  return {
    rows: rows.toSorted((a, b) => a.port - b.port || (a.family ?? 0) - (b.family ?? 0)),
    axis: axisOf(sides.flatMap((side) => [...side.values()].flat().map(({ bars }) => bars))),
  }
}
