/**
 * Owns: the rules about DANE (RFC 7672): TLSA records of an MX on port 25 against the chain it sends. Only answers that
 * DNSSEC secures count; submission ports are not graded (§7).
 */
import type { DaneFacts, DnsSecurity, ProbeFinding } from '../facts.ts'
import type { FindingWords } from '../finding.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

export const dane: ProbeRule = ({ dane: all = [], domain }) =>
  all.flatMap((facts) => judge(facts, domain?.security))

type Words = Omit<FindingWords, 'evidence' | 'side' | 'confidence'> &
  Partial<Pick<FindingWords, 'confidence'>>

/** `mx`: of the records that name the host. */
function judge(facts: DaneFacts, mx: DnsSecurity | undefined): ProbeFinding[] {
  const { host, port, security, records, starttls, proof } = facts
  if (port !== 25 || records.length === 0) return []
  const tell = (code: 'dane-ok' | 'dane-mismatch' | 'dane-insecure-dns', words: Words): ProbeFinding[] => [
    proved(code, [proof], {
      side: 'server',
      confidence: 'certain',
      references: ['RFC 7672 §2.2', 'RFC 7672 §3.1'],
      ...words,
    }),
  ]
  if (security !== 'secure') return tell('dane-insecure-dns', insecure(facts))
  const usable = records.filter(({ usage }) => usage === 2 || usage === 3)
  if (usable.length === 0)
    return tell('dane-mismatch', {
      severity: 'warning',
      message: `The TLSA records of ${host} have certificate usages that mail does not use (0 or 1).`,
      next: 'Publish records with usage 3 (this certificate or key) or 2 (this authority).',
    })
  if (!starttls)
    return tell('dane-mismatch', {
      message: `${host} has TLSA records, so TLS is required, but it offers no STARTTLS: senders that use DANE do not deliver.`,
      next: 'Offer STARTTLS on port 25, or take the TLSA records away.',
    })
  if (facts.sealed === false)
    return tell('dane-mismatch', {
      message: `${host} has TLSA records, so TLS is required; it offers STARTTLS, but TLS cannot be made with it: senders that use DANE do not deliver.`,
      next: 'Repair TLS on port 25: what came of the handshake stands in its dialogue.',
    })
  if (usable.some(({ matches }) => matches)) return tell('dane-ok', fitting(host, mx === 'insecure'))
  return tell('dane-mismatch', {
    message: `${usable.length === 1 ? `The usable TLSA record of ${host} does not match` : `None of the ${usable.length} usable TLSA records of ${host} matches`} the certificate that it sends: senders that use DANE do not deliver.`,
    next: 'Publish a record for the present key (usage 3, selector 1, SHA-256), and wait for the old one’s time to live.',
  })
}

/** `loose`: the MX record that names it is not secured (RFC 7672 §2.2.1). */
const fitting = (host: string, loose: boolean): Words => ({
  message: `The certificate of ${host} matches its TLSA record, and DNSSEC secures it.${loose ? ' The MX record that names this host is not secured: whoever forges that one leads mail elsewhere.' : ''}`,
  next: loose
    ? 'Sign the zone that holds the MX record too.'
    : 'Publish the next certificate’s record before it is changed.',
})

const insecure = ({ host, security }: DaneFacts): Words =>
  security === 'bogus'
    ? {
        severity: 'error',
        message: `The signatures of the TLSA records of ${host} are wrong (bogus): senders that validate do not deliver.`,
        next: 'Repair DNSSEC of that zone: often a key was changed and its DS record was not.',
      }
    : security === 'insecure'
      ? {
          message: `${host} has TLSA records, but its zone is not secured by DNSSEC: they count for nothing.`,
          next: 'Sign the zone, and have its DS record published.',
        }
      : {
          severity: 'info',
          confidence: 'possible',
          message: `${host} has TLSA records; whether DNSSEC secures them is not proven by this resolver.`,
          next: 'Repeat it with a resolver that validates, and call it so.',
        }
