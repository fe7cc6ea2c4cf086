/**
 * Owns: everything that a probe found, as a person reads it: the same words about several cells once, with the proofs of
 * all; what only the addresses of one host tell apart once, with the addresses named.
 */
import type { PortResult, ProbeFinding, ProbeReport } from '../rpc/contract/probeReport.ts'

type CellFinding = PortResult['findings'][number]

/** Addresses that one sentence names. */
const mostNamed = 3

interface Group {
  finding: ProbeFinding
  /** Of each cell that found it, when its words name the address. */
  addresses: Set<string>
}

/** What several dialogues show first, then what each shows alone. */
export function allFindings({
  findings,
  results,
}: Pick<ProbeReport, 'findings' | 'results'>): ProbeFinding[] {
  const groups = new Map<string, Group>()
  const add = (words: string, finding: ProbeFinding, address?: string): void => {
    const { code, severity, side, confidence, next } = finding
    const key = JSON.stringify([code, severity, side, confidence, words, next])
    const known = groups.get(key)
    if (known) known.finding = { ...known.finding, proof: joined(known.finding.proof, finding.proof) }
    const group = known ?? { finding, addresses: new Set() }
    if (address !== undefined) group.addresses.add(address)
    groups.set(key, group)
  }
  for (const finding of findings) add(finding.message, finding)
  for (const result of results)
    for (const finding of result.findings) {
      const bare = without(finding, result.address)
      add(bare === undefined ? finding.message : `${result.host} ${bare}`, proved(finding, result), bare === undefined ? undefined : result.address) // prettier-ignore
    }
  return [...groups.values()].map(named)
}

/**
 * The words with a mark in place of the address; undefined where they do not name it. About the connection it is we who
 * name it; elsewhere it stands in a peer's words, which are left as they are: two certificates may name two addresses.
 */
function without({ phase, message }: CellFinding, address: string | undefined): string | undefined {
  const at = phase === 'tcp' && address !== undefined ? placeOf(message, address) : -1
  return address === undefined || at < 0
    ? undefined
    : `${message.slice(0, at)}\0${message.slice(at + address.length)}`
}

/** Where it stands as a whole: 192.0.2.1 is no part of 192.0.2.10 or of a name. */
function placeOf(message: string, address: string): number {
  for (let at = message.indexOf(address); at >= 0; at = message.indexOf(address, at + 1)) {
    const after = message.slice(at + address.length, at + address.length + 2)
    if (!/[\w:.%-]/.test(message.charAt(at - 1)) && !/^(?:[\w%-]|[.:][\w:])/.test(after)) return at
  }
  return -1
}

function named({ finding, addresses }: Group): ProbeFinding {
  const [first, ...others] = addresses
  if (first === undefined || others.length === 0) return finding
  const all = [first, ...others]
  const more = all.length - mostNamed
  const list = more > 0 ? `${all.slice(0, mostNamed).join(', ')} and ${more} more` : `${all.slice(0, -1).join(', ')} and ${all.at(-1)!}` // prettier-ignore
  const at = placeOf(finding.message, first)
  return { ...finding, message: `${finding.message.slice(0, at)}${list}${finding.message.slice(at + first.length)}` } // prettier-ignore
}

const proved = (finding: CellFinding, { session }: Pick<PortResult, 'session'>): ProbeFinding => ({
  ...finding,
  proof: [{ session, events: finding.evidence }],
})

function joined(a: ProbeFinding['proof'], b: ProbeFinding['proof']): ProbeFinding['proof'] {
  const sessions = Map.groupBy([...a, ...b], ({ session }) => session)
  return [...sessions].map(([session, all]) => ({
    session,
    events: [...new Set(all.flatMap(({ events }) => events))].toSorted((one, other) => one - other),
  }))
}

const grades = ['error', 'warning', 'info', 'good'] as const

/** Gravest first; the recommendation has its own place. */
export function sortedFindings(report: Pick<ProbeReport, 'findings' | 'results'>): ProbeFinding[] {
  const all = allFindings(report).filter(({ code }) => code !== 'recommended-port')
  return grades.flatMap((grade) => all.filter(({ severity }) => severity === grade))
}
