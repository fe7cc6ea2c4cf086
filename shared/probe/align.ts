/**
 * Owns: which result of one run stands for which of the other: by host, port, mode asked for and family; by address only
 * where a family has several, since the one address of a name may change. Swapping the runs swaps the pairs.
 */
import type { PortResult, ProbeReport } from '../rpc/contract/probeReport.ts'

export interface Pair {
  before: PortResult | undefined
  after: PortResult | undefined
}

type Results = ProbeReport['results']

/** Hosts in the order of the reports, then ports, modes, families and addresses in theirs. */
export function alignResults(before: Results, after: Results): Pair[] {
  const cells = groups(before, after, cellOf)
  const pairs = cells.flatMap(([ours, theirs]) => pairCell(ours, theirs))
  const ranks = hostRanks(before, after)
  return pairs.toSorted(
    (a, b) =>
      (ranks.get(hostOf(a)) ?? 0) - (ranks.get(hostOf(b)) ?? 0) ||
      portOf(a) - portOf(b) ||
      compare(orderOf(a), orderOf(b)),
  )
}

const cellOf = ({ host, port, asked }: PortResult): string => `${host} ${port} ${asked}`

/** One port of one host, in one mode. */
function pairCell(ours: Results, theirs: Results): Pair[] {
  const pairs = groups(ours, theirs, ({ family }) => String(family ?? '')).flatMap(([a, b]) =>
    pairFamily(a, b),
  )
  // A name without an address has one row without a family: it stands for the first row that the other run has more.
  const bare = pairs.find(({ before, after }) => (before && !after && !before.address) || (after && !before && !after.address)) // prettier-ignore
  if (!bare) return pairs
  const isBefore = bare.before !== undefined
  const other = pairs
    .filter((pair) => pair !== bare && (isBefore ? !pair.before : !pair.after))
    .toSorted((a, b) => compare(orderOf(a), orderOf(b)))[0]
  if (!other) return pairs
  const joined = isBefore
    ? { before: bare.before, after: other.after }
    : { before: other.before, after: bare.after }
  return [...pairs.filter((pair) => pair !== bare && pair !== other), joined]
}

function pairFamily(ours: Results, theirs: Results): Pair[] {
  const [before] = ours
  const [after] = theirs
  if (ours.length <= 1 && theirs.length <= 1) return [{ before, after }]
  return groups(ours, theirs, ({ address }) => address ?? '').map(([[a], [b]]) => ({ before: a, after: b }))
}

/** Both sides' members by a key. */
function groups(ours: Results, theirs: Results, key: (result: PortResult) => string): [Results, Results][] {
  const [a, b] = [Map.groupBy(ours, key), Map.groupBy(theirs, key)]
  return [...new Set([...a.keys(), ...b.keys()])].map((one) => [a.get(one) ?? [], b.get(one) ?? []])
}

/** A host's place is the earlier one of its two; the same for either order of the runs. */
function hostRanks(before: Results, after: Results): Map<string, number> {
  const [ours, theirs] = [before, after].map((results) => [...new Set(results.map(({ host }) => host))])
  const places = [...new Set([...ours!, ...theirs!])].map((host) => {
    const found = [ours!.indexOf(host), theirs!.indexOf(host)].map((at) => (at < 0 ? Infinity : at))
    return { host, first: Math.min(...found), last: Math.max(...found) }
  })
  const order = places.toSorted((a, b) => a.first - b.first || compareNumbers(a.last, b.last) || compare(a.host, b.host)) // prettier-ignore
  return new Map(order.map(({ host }, rank) => [host, rank]))
}

/** Of two infinities neither comes first. */
const compareNumbers = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Either one: both have the same host and port. */
const one = ({ before, after }: Pair): PortResult | undefined => before ?? after
const hostOf = (pair: Pair): string => one(pair)?.host ?? ''
const portOf = (pair: Pair): number => one(pair)?.port ?? 0
/** The lesser of the two, so that it does not depend on their order. */
const orderOf = ({ before, after }: Pair): string =>
  [before, after]
    .flatMap((result) =>
      result ? [`${result.asked} ${result.family ?? ''} ${result.address ?? ''} ${result.session}`] : [],
    )
    .toSorted(compare)[0] ?? ''
