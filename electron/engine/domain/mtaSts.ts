/** Owns: the facts of MTA-STS of one domain (RFC 8461): its record, its policy, which MX fail it is added by the probe. */
import type { MtaStsFacts } from '#shared/diagnosis/facts.ts'
import { readRecord } from './fields.ts'
import { fetchPolicy, type FetchOptions } from './policyFetch.ts'
import { readPolicy, type StsPolicy } from './stsPolicy.ts'
import type { Witness } from './witness.ts'

export type StsOptions = Pick<FetchOptions, 'port' | 'ca' | 'timeout' | 'now' | 'signal'>

/** What a domain announces (§3.1). `seq`: the event that shows it. */
export type StsRecord = { seq: number } & (
  | { state: 'unanswered' | 'none' | 'several' }
  | { state: 'invalid'; problem: string }
  /** A policy with another id is a new one. */
  | { state: 'found'; id: string }
)

/** Asks for the record; nobody but DNS is contacted. */
export async function readStsRecord(domain: string, witness: Witness): Promise<StsRecord> {
  const { result, seq } = await witness.ask(`_mta-sts.${domain}`, 'TXT')
  const { outcome } = result
  if (outcome !== 'answers' && outcome !== 'no-data' && outcome !== 'not-found')
    return { state: 'unanswered', seq }
  const record = readRecord(result.records, 'STSv1')
  if (record.state === 'invalid') return { state: 'invalid', problem: record.problem, seq }
  if (record.state !== 'found') return { state: record.state, seq }
  const id = record.fields.get('id') ?? ''
  return /^[a-z0-9]{1,32}$/i.test(id)
    ? { state: 'found', id, seq }
    : { state: 'invalid', problem: 'it needs an id of 1 to 32 letters and digits', seq }
}

export type StsFetched = { events: number[] } & (
  { how: 'read'; policy: StsPolicy } | { how: 'unreachable' | 'untrusted' | 'invalid'; problem: string }
)

/** Contacts the domain's policy host (§3.3). Never rejects. */
export async function fetchStsPolicy(
  domain: string,
  options: StsOptions,
  witness: Witness,
): Promise<StsFetched> {
  const fetched = await fetchPolicy({ ...options, host: `mta-sts.${domain}`, path: '/.well-known/mta-sts.txt' }, witness) // prettier-ignore
  const { events } = fetched
  if (fetched.how !== 'read') return { how: fetched.how, problem: fetched.problem, events }
  const read = readPolicy(fetched.text)
  return read.ok
    ? { how: 'read', policy: read.policy, events }
    : { how: 'invalid', problem: read.problem, events }
}

/**
 * `mx`: the domain's. The policy host is contacted only when the domain announces a policy. Undefined when the record
 * could not be asked for: nothing follows from that.
 */
export async function readMtaSts(
  domain: string,
  mx: readonly string[],
  options: StsOptions,
  witness: Witness,
): Promise<MtaStsFacts | undefined> {
  const record = await readStsRecord(domain, witness)
  const { state, seq } = record
  if (state === 'unanswered') return undefined
  const base = { domain, mx, patterns: [], failing: [], proof: witness.proof(seq) }
  if (state === 'invalid')
    return { ...base, record: 'invalid', policy: 'unreachable', problem: record.problem }
  if (state !== 'found') return { ...base, record: state, policy: 'unreachable' }
  const fetched = await fetchStsPolicy(domain, options, witness)
  const known = { ...base, record: 'found' as const, proof: witness.proof(seq, ...fetched.events) }
  if (fetched.how !== 'read') return { ...known, policy: fetched.how, problem: fetched.problem }
  const { mode, patterns } = fetched.policy
  return { ...known, policy: 'read', mode, patterns }
}
