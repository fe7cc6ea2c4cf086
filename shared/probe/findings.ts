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
export function allFindings({ findings, results }: Pick<ProbeReport, 'findings' | 'results'>): ProbeFinding[] {
  const groups = new Map<string, Group>()
  const add = (key: string, finding: ProbeFinding, address?: string): void => {
    const known = groups.get(key)
    if (known) known.finding = { ...known.finding, proof: joined(known.finding.proof, finding.proof) }
    const group = known ?? { finding, addresses: new Set() }
    if (address !== undefined) group.addresses.add(address)
    groups.set(key, group)
  }
  for (const finding of findings) add(`${finding.code} ${finding.message}`, finding)
  for (const result of results)
    for (const finding of result.findings) {
      const { address, host } = result
      const bare = address === undefined ? undefined : without(finding.message, address)
      const own = bare === undefined ? finding.message : `${host} ${bare} ${finding.next}`
      add(`${finding.code} ${own}`, proved(finding, result), bare === undefined ? undefined : address)
    }
  return [...groups.values()].map(named)
} // prettier-ignore

/** The words with a mark in place of the address; undefined where they do not name it. */
function without(message: string, address: string): string | undefined {
  const at = placeOf(message, address)
  return at < 0 ? undefined : `${message.slice(0, at)}\0${message.slice(at + address.length)}`
}

/** Where it stands as a whole: 192.0.2.1 is no part of 192.0.2.10. */
function placeOf(message: string, address: string): number {
  for (let at = message.indexOf(address); at >= 0; at = message.indexOf(address, at + 1)) {
    const around = `${message.charAt(at - 1)}${message.charAt(at + address.length)}`
    if (!/[0-9a-f:]/i.test(around)) return at
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
  const sessions = new Set(a.map(({ session }) => session))
  return [...a, ...b.filter(({ session }) => !sessions.has(session))]
}

const grades = ['error', 'warning', 'info', 'good'] as const

/** Gravest first; the recommendation has its own place. */
export function sortedFindings(report: Pick<ProbeReport, 'findings' | 'results'>): ProbeFinding[] {
  const all = allFindings(report).filter(({ code }) => code !== 'recommended-port')
  return grades.flatMap((grade) => all.filter(({ severity }) => severity === grade))
}
