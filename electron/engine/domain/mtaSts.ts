/** Owns: the facts of MTA-STS of one domain (RFC 8461): its record, its policy, which MX fail it is added by the probe. */
import type { MtaStsFacts } from '#shared/diagnosis/facts.ts'
import { readRecord } from './fields.ts'
import { fetchPolicy, type FetchOptions } from './policyFetch.ts'
import { readPolicy } from './stsPolicy.ts'
import type { Witness } from './witness.ts'

export type StsOptions = Pick<FetchOptions, 'port' | 'ca' | 'timeout' | 'now' | 'signal'>

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
  const { result, seq } = await witness.ask(`_mta-sts.${domain}`, 'TXT')
  const { outcome } = result
  if (outcome !== 'answers' && outcome !== 'no-data' && outcome !== 'not-found') return undefined
  const base = { domain, mx, patterns: [], failing: [], proof: witness.proof(seq) }
  const record = readRecord(result.records, 'STSv1')
  if (record.state !== 'found')
    return {
      ...base,
      record: record.state,
      policy: 'unreachable',
      ...(record.state === 'invalid' ? { problem: record.problem } : {}),
    }
  if (!/^[a-z0-9]{1,32}$/i.test(record.fields.get('id') ?? ''))
    return { ...base, record: 'invalid', policy: 'unreachable', problem: 'it needs an id of 1 to 32 letters and digits' } // prettier-ignore
  const fetched = await fetchPolicy({ ...options, host: `mta-sts.${domain}`, path: '/.well-known/mta-sts.txt' }, witness) // prettier-ignore
  const proof = witness.proof(seq, ...fetched.events)
  if (fetched.how !== 'read')
    return { ...base, proof, record: 'found', policy: fetched.how, problem: fetched.problem }
  const read = readPolicy(fetched.text)
  if (!read.ok) return { ...base, proof, record: 'found', policy: 'invalid', problem: read.problem }
  const { mode, patterns } = read.policy
  return { ...base, proof, record: 'found', policy: 'read', mode, patterns }
}
