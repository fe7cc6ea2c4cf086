/** Owns: where a domain wants reports about TLS sent (RFC 8460 §3). It is read, never used. */
import type { TlsReportingFacts } from '#shared/diagnosis/facts.ts'
import { readRecord, shown } from './fields.ts'
import type { Witness } from './witness.ts'

const maxReports = 20

export async function readTlsReporting(domain: string, witness: Witness): Promise<TlsReportingFacts> {
  const { result, seq } = await witness.ask(`_smtp._tls.${domain}`, 'TXT')
  const base = { domain, reports: [], proof: witness.proof(seq) }
  const { outcome } = result
  if (outcome !== 'answers' && outcome !== 'no-data' && outcome !== 'not-found')
    return { ...base, record: 'unanswered' }
  const record = readRecord(result.records, 'TLSRPTv1')
  if (record.state === 'invalid') return { ...base, record: 'invalid', problem: record.problem }
  if (record.state !== 'found') return { ...base, record: record.state }
  const reports = (record.fields.get('rua') ?? '').split(',').slice(0, maxReports)
  const wrong = reports.find((report) => !/^(?:mailto:[^@]+@[^@]+|https:\/\/[^/]+.*)$/i.test(report))
  if (wrong === undefined) return { ...base, record: 'found', reports }
  const problem = wrong === '' ? 'it names no place for reports (rua)' : `“${shown(wrong)}” is neither mailto: nor https:` // prettier-ignore
  return { ...base, record: 'invalid', problem }
}
