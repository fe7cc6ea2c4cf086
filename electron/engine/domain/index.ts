/**
 * Owns: the front door of the domain room: what DNS and, where the domain announces it, its policy host say of one mail
 * domain. Nobody else is contacted. Facts only, each proved by events of one transcript; whoever begins it ends it.
 */
import type { DomainFacts, MtaStsFacts, TlsReportingFacts } from '#shared/diagnosis/facts.ts'
import type { Journal } from '../dialogue/journal.ts'
import type { Resolver } from '../dns/types.ts'
import { pool } from '../probe/pool.ts'
import { readMtaSts } from './mtaSts.ts'
import { readMx } from './mx.ts'
import { readTlsa, type TlsaRecords } from './tlsa.ts'
import { readTlsReporting } from './tlsReporting.ts'
import { Witness } from './witness.ts'

export { daneFacts, readTlsa, type TlsaRecords } from './tlsa.ts'
export { readReverse } from './reverse.ts'
export { Witness } from './witness.ts'

export interface DomainDeps {
  resolver: Resolver
  /** Of a session begun for this domain. */
  journal: Journal
  /** Ends everything; what is known by then is answered. The resolver has to be opened with the same one. */
  signal: AbortSignal
  /** Milliseconds for each step of fetching a policy. */
  timeout: number
  /** Further authorities trusted for the policy host, PEM. */
  ca?: string | undefined
  /** The policy host's port; 443 unless a test says otherwise. */
  policyPort?: number | undefined
  /** Port of the MX whose TLSA are asked for; 25 unless a test says otherwise. */
  mxPort?: number | undefined
  now(): Date
}

export interface DomainRead {
  domain: DomainFacts
  tlsa: TlsaRecords[]
  /** Absent when nobody answered. */
  mtaSts?: MtaStsFacts | undefined
  tlsReporting: TlsReportingFacts
}

/** `domain` in A-labels, without a dot at the end. Never rejects for anything that DNS or a server does. */
export const readDomain = async (domain: string, deps: DomainDeps): Promise<DomainRead> =>
  (await beginDomain(domain, deps)).whole

/** Answers when the MX are known; the policies, of which a host may be slow or silent, come with `whole`. */
export async function beginDomain(
  domain: string,
  deps: DomainDeps,
): Promise<{ domain: DomainFacts; whole: Promise<DomainRead> }> {
  const { resolver, journal, signal } = deps
  const witness = new Witness(resolver, journal)
  const reporting = readTlsReporting(domain, witness)
  const facts = await readMx(domain, witness, signal)
  return { domain: facts, whole: readPolicies(domain, facts, reporting, witness, deps) }
}

async function readPolicies(
  domain: string,
  facts: DomainFacts,
  reporting: Promise<TlsReportingFacts>,
  witness: Witness,
  deps: DomainDeps,
): Promise<DomainRead> {
  const { signal, timeout, ca } = deps
  const own = facts.mx === 'none' && facts.hasAddress ? [domain] : []
  const hosts = [...new Set([...facts.hosts, ...own])]
  const tlsa: TlsaRecords[] = []
  const policy = { port: deps.policyPort ?? 443, ca, timeout, now: () => deps.now(), signal }
  const [mtaSts] = await Promise.all([
    readMtaSts(domain, hosts, policy, witness),
    pool(hosts, 4, signal, async (host, index) => {
      tlsa[index] = await readTlsa(host, deps.mxPort ?? 25, witness)
    }),
  ])
  return {
    domain: facts,
    tlsa: tlsa.filter((one) => one !== undefined),
    tlsReporting: await reporting,
    ...(mtaSts ? { mtaSts } : {}),
  }
}
