/** Owns: the TLSA records of a mail server's port (RFC 7672 §2.2), and with its chain the facts of DANE. */
import type { DaneFacts } from '#shared/diagnosis/facts.ts'
import type { RecordData } from '../dns/types.ts'
import { matchTlsa, type DaneChain } from './tlsaMatch.ts'
import type { Witness } from './witness.ts'

export interface TlsaRecords extends Pick<DaneFacts, 'host' | 'port' | 'security' | 'proof'> {
  records: readonly RecordData['TLSA'][]
  /** False when nobody answered: then it is not known whether there are any. */
  answered: boolean
}

/** More records than these are not matched. */
const maxRecords = 30

/** `host` as the MX record names it: never what its aliases lead to. */
export async function readTlsa(host: string, port: number, witness: Witness): Promise<TlsaRecords> {
  const { result, security, seq } = await witness.ask(`_${port}._tcp.${host}`, 'TLSA')
  return {
    host,
    port,
    security,
    records: result.records.slice(0, maxRecords),
    answered: ['answers', 'no-data', 'not-found'].includes(result.outcome),
    proof: witness.proof(seq),
  }
}

/** `seen`: what a connection to that port showed; without TLS `chain` is empty and `starttls` says whether it was offered. */
export function daneFacts(
  tlsa: TlsaRecords,
  seen: Omit<DaneChain, 'host'> & { starttls: boolean },
): DaneFacts {
  const { host, port, security, proof } = tlsa
  const records = tlsa.records.map((record) => {
    const { usage, selector, matching } = record
    return { usage, selector, matching, ...matchTlsa(record, { ...seen, host }) }
  })
  return { host, port, security, records, starttls: seen.starttls, proof }
}
