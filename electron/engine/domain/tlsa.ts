/** Owns: the TLSA records of a mail server's port (RFC 7672 §2.2), and with its chain the facts of DANE. */
import type { DaneFacts } from '#shared/diagnosis/facts.ts'
import type { RecordData } from '../dns/types.ts'
import { matchTlsa, type DaneChain } from './tlsaMatch.ts'
import type { Witness } from './witness.ts'

export interface TlsaRecords extends Pick<DaneFacts, 'host' | 'port' | 'security' | 'proof'> {
  /** What `host` is a secure alias of, when the records are there (RFC 7671 §7): then the certificate has to name this. */
  base?: string | undefined
  records: readonly RecordData['TLSA'][]
  /** False when nobody answered: then it is not known whether there are any. */
  answered: boolean
}

/** More records than these are not matched. */
const maxRecords = 30

/**
 * `host` as the MX record names it. Where DNSSEC secures that it is an alias, what it leads to is asked first (RFC 7671 §7,
 * RFC 7672 §2.2.2): secure records there count, otherwise those of `host` itself. An unproven alias is never followed.
 */
export async function readTlsa(host: string, port: number, witness: Witness): Promise<TlsaRecords> {
  const alias = witness.resolver.validating ? await secureAlias(host, witness) : undefined
  if (alias) {
    const there = await askTlsa(alias.base, port, witness)
    const proof = witness.proof(...alias.events, ...there.proof.events)
    if (there.security === 'secure' && there.records.length > 0)
      return { ...there, host, base: alias.base, proof }
    const own = await askTlsa(host, port, witness)
    return { ...own, proof: witness.proof(...proof.events, ...own.proof.events) }
  }
  return askTlsa(host, port, witness)
}

async function askTlsa(host: string, port: number, witness: Witness): Promise<TlsaRecords> {
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

async function secureAlias(
  host: string,
  witness: Witness,
): Promise<{ base: string; events: number[] } | undefined> {
  const { result, security, seq } = await witness.ask(host, 'A')
  const base = result.aliases.at(-1)
  return security === 'secure' && base !== undefined ? { base, events: [seq] } : undefined
}

/** `seen`: what a connection to that port showed; without TLS `chain` is empty and `starttls` says whether it was offered. */
export function daneFacts(
  tlsa: TlsaRecords,
  seen: Omit<DaneChain, 'host'> & { starttls: boolean },
): DaneFacts {
  const { host, port, security, proof } = tlsa
  const records = tlsa.records.map((record) => {
    const { usage, selector, matching } = record
    return { usage, selector, matching, ...matchTlsa(record, { ...seen, host: tlsa.base ?? host }) }
  })
  return { host, port, security, records, starttls: seen.starttls, sealed: seen.chain.length > 0, proof }
}
