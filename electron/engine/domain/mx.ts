/**
 * Owns: where mail for a domain goes (RFC 5321 §5.1): its MX in order, what is wrong with each, the null MX (RFC 7505), and
 * the domain's own address where there is no MX.
 */
import { isIP } from 'node:net'
import type { DnsFailure, DomainFacts, MxHost, MxProblem } from '#shared/diagnosis/facts.ts'
import type { DnsResult, RecordType } from '../dns/types.ts'
import { pool } from '../probe/pool.ts'
import type { Witness } from './witness.ts'

/** More MX than these are neither looked up nor probed: a hostile zone can list hundreds. */
const maxHosts = 20
/** Hosts looked up at once. */
const width = 4
/** Addresses of one host that are kept. */
const maxAddresses = 16

/** `domain` in A-labels. Asks for MX, then for the addresses of each; every answer is in the witness's journal. */
export async function readMx(domain: string, witness: Witness, signal: AbortSignal): Promise<DomainFacts> {
  const { result, security, seq } = await witness.ask(domain, 'MX')
  const base = { domain, security }
  if (result.outcome === 'not-found')
    return {
      ...base,
      mx: 'none',
      hosts: [],
      hasAddress: false,
      missing: true,
      records: [],
      proof: witness.proof(seq),
    }
  if (result.outcome === 'no-data') return noMx(domain, base, seq, witness)
  if (result.outcome !== 'answers')
    return {
      ...base,
      mx: 'failed',
      ...failureOf(result, 'MX'),
      hosts: [],
      hasAddress: false,
      records: [],
      proof: witness.proof(seq),
    }
  const all = result.records.toSorted((a, b) => a.preference - b.preference)
  const own = await lookUp(domain, witness)
  const events = [seq, ...own.events]
  const hasAddress = own.addresses.length > 0
  if (all.every(({ exchange }) => exchange === '.'))
    return { ...base, mx: 'null', hosts: [], hasAddress, records: [], proof: witness.proof(...events) }
  const records: MxHost[] = []
  await pool(all.slice(0, maxHosts), width, signal, async ({ preference, exchange }, index) => {
    const { events: seen, ...host } = await readHost(exchange, witness)
    events.push(...seen)
    records[index] = { preference, host: exchange, ...host }
  })
  const kept = records.filter((record) => record !== undefined)
  return {
    ...base,
    mx: 'found',
    hosts: kept.filter(({ problem }) => problem !== 'null-among-others').map(({ host }) => host),
    hasAddress,
    records: kept,
    proof: witness.proof(...events),
  }
}

/** Without MX the domain is its own, with preference 0 (RFC 5321 §5.1). */
async function noMx(domain: string, base: Pick<DomainFacts, 'domain' | 'security'>, seq: number, witness: Witness): Promise<DomainFacts> {
  const own = await lookUp(domain, witness)
  const hasAddress = own.addresses.length > 0
  const records = hasAddress ? [{ preference: 0, host: domain, addresses: own.addresses }] : []
  const mx = hasAddress || own.answered ? 'none' : 'failed'
  return { ...base, mx, ...(mx === 'failed' ? own.failure : {}), hosts: [], hasAddress, records, proof: witness.proof(seq, ...own.events) }
} // prettier-ignore

/** Nothing for a question that was answered or given up on purpose. */
function failureOf({ outcome, server, detail }: DnsResult<RecordType>, asked: DnsFailure['asked']): { failure?: DnsFailure } {
  return outcome === 'timeout' || outcome === 'server-failure' || outcome === 'refused' || outcome === 'unreachable'
    ? { failure: { why: outcome, asked, server, detail } }
    : {}
} // prettier-ignore

interface LookedUp {
  addresses: string[]
  /** Both families were answered for. */
  answered: boolean
  exists: boolean
  alias: boolean
  failure: { failure?: DnsFailure }
  events: number[]
}

async function lookUp(name: string, witness: Witness): Promise<LookedUp> {
  const [four, six] = await Promise.all([witness.ask(name, 'A'), witness.ask(name, 'AAAA')])
  const results = [four.result, six.result]
  return {
    addresses: results.flatMap(({ records }) => records).slice(0, maxAddresses),
    answered: results.every(({ outcome }) => ['answers', 'no-data', 'not-found'].includes(outcome)),
    exists: results.some(({ outcome }) => outcome !== 'not-found'),
    alias: results.some(({ aliases }) => aliases.length > 0),
    failure: { ...failureOf(six.result, 'address'), ...failureOf(four.result, 'address') },
    events: [four.seq, six.seq],
  }
}

async function readHost(
  exchange: string,
  witness: Witness,
): Promise<{ addresses: string[]; problem?: MxProblem; events: number[] }> {
  if (exchange === '.') return { addresses: [], problem: 'null-among-others', events: [] }
  // `MX 10 192.0.2.1` names a host of four numeric labels, which no zone has; nobody needs to be asked.
  if (isIP(exchange) !== 0) return { addresses: [], problem: 'address', events: [] }
  const found = await lookUp(exchange, witness)
  const { addresses, events } = found
  const problem = problemOf(found)
  return problem === undefined ? { addresses, events } : { addresses, problem, events }
}

function problemOf({ addresses, answered, exists, alias }: LookedUp): MxProblem | undefined {
  if (addresses.length === 0) return answered ? (exists ? 'no-address' : 'not-found') : 'unanswered'
  return alias ? 'alias' : undefined
}
