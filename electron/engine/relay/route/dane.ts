/**
 * Owns: DANE for mail (RFC 7672): which TLSA records bind a hop, as far as DNSSEC proves every step to them, and whether
 * what a server showed fits.
 */
import type { DnsSecurity } from '#shared/diagnosis/facts.ts'
import { matchTlsa, unusableWords } from '../../domain/tlsaMatch.ts'
import { readTlsa } from '../../domain/tlsa.ts'
import type { Witness } from '../../domain/witness.ts'
import type { TlsDemand } from '../types.ts'

export type Dane =
  /** Nothing is proven, or proven that there is nothing. */
  | { kind: 'none' }
  /** Records that a certificate can fit. `names`: TLSA base domain, then the recipient's domain (§3.2.2). */
  | { kind: 'records'; tlsa: NonNullable<TlsDemand['tlsa']>; names: readonly string[] }
  /** None of the records is one that mail uses: TLS all the same, with any certificate (§2.2). */
  | { kind: 'unusable' }
  /** What the answer is cannot be believed or was not given: the host must not be used (§2.2). */
  | { kind: 'failed'; words: string }

/**
 * `lookup`: of the names before `host` (the MX). Asked only of a resolver that the user calls validating, and only below
 * secure addresses, so that a name server that chokes on TLSA costs nothing where there is no DNSSEC (§2.2.2).
 */
export async function readDane(
  host: string,
  port: number,
  domain: string,
  lookup: DnsSecurity,
  witness: Witness,
): Promise<Dane> {
  if (!witness.resolver.validating || lookup !== 'secure') return { kind: 'none' }
  const security = await securityOf(host, witness)
  if (security === 'bogus') return { kind: 'failed', words: `DNSSEC shows that an answer for ${host} is forged or broken` } // prettier-ignore
  if (security !== 'secure') return { kind: 'none' }
  const found = await readTlsa(host, port, witness)
  if (found.security === 'bogus' || !found.answered) {
    const why = found.security === 'bogus' ? 'are forged or broken, DNSSEC shows' : 'could not be asked for'
    return { kind: 'failed', words: `the TLSA records of ${host} ${why}` }
  }
  if (found.security !== 'secure' || found.records.length === 0) return { kind: 'none' }
  const tlsa = found.records.filter((record) => unusableWords(record) === undefined)
  if (tlsa.length === 0) return { kind: 'unusable' }
  return { kind: 'records', tlsa, names: [...new Set([found.base ?? host, domain])] }
}

/** Of the addresses. Where only what an alias leads to is not signed, the alias itself may be (§2.2.2). */
async function securityOf(host: string, witness: Witness): Promise<DnsSecurity> {
  const both = await Promise.all([witness.ask(host, 'A'), witness.ask(host, 'AAAA')])
  if (both.some(({ security }) => security === 'bogus')) return 'bogus'
  if (both.every(({ security }) => security === 'secure')) return 'secure'
  if (both.every(({ result }) => result.aliases.length === 0)) return 'insecure'
  return (await witness.ask(host, 'CNAME')).security
}

/**
 * Whether the chain of a connection (DER, the server's own first, as `onChain` of engine/dialogue/handshake.ts gives it)
 * satisfies a demand of level `dane`. `words`: for a person, why it does not.
 */
export function daneVerdict(
  { tlsa = [], names = [] }: Pick<TlsDemand, 'tlsa' | 'names'>,
  chain: readonly Uint8Array[],
  now: Date,
): { ok: true } | { ok: false; words: string } {
  const [host = '', domain] = names
  const why: string[] = []
  for (const record of tlsa) {
    const match = matchTlsa(record, { chain, host, domain, now })
    if (match.matches) return { ok: true }
    const form = [record.usage, record.selector, record.matching].join(' ')
    why.push(`TLSA ${form}: ${match.why ?? 'it does not fit'}`)
  }
  const said = why.length === 0 ? 'there is no TLSA record to fit' : why.slice(0, 3).join('; ')
  return { ok: false, words: `the certificate of ${host} is not the one that DNS names (${said})` }
}
