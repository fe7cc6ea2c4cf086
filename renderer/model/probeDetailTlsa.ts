/** Owns: TLSA records (DANE, RFC 7672) in words: what each pins down, whether it fits, and what DNSSEC proves of it. */
import type { DomainReport } from '#shared/rpc/contract/probeDomain.ts'
import type { Verdict } from './probeDetailDomain.ts'
import { shownName } from './tls.ts'

export type TlsaHost = DomainReport['tlsa'][number]
type TlsaRecord = TlsaHost['records'][number]
export type Security = TlsaHost['security']

const usages = ['PKIX-TA', 'PKIX-EE', 'DANE-TA', 'DANE-EE'] as const
const usageWords: ReadonlyMap<number, string> = new Map([
  [0, 'a public authority above it (not used in mail)'],
  [1, 'the server’s certificate, publicly trusted too (not used in mail)'],
  [2, 'an authority above the server’s certificate'],
  [3, 'the server’s own certificate'],
])
const selectorWords: ReadonlyMap<number, string> = new Map([
  [0, 'the whole certificate'],
  [1, 'its key'],
])
const matchingWords: ReadonlyMap<number, string> = new Map([
  [0, 'as it is'],
  [1, 'as SHA-256'],
  [2, 'as SHA-512'],
])

/** As "3 1 1". */
export const tlsaNumbers = ({ usage, selector, matching }: TlsaRecord): string =>
  `${usage} ${selector} ${matching}`

/** As "DANE-EE: the server’s own certificate, by its key, as SHA-256". */
export function tlsaWords({ usage, selector, matching }: TlsaRecord): string {
  const name = usages[usage] ?? `usage ${usage}`
  const pins = usageWords.get(usage) ?? 'not known'
  const part = selectorWords.get(selector) ?? `selector ${selector}, not known`
  return `${name}: ${pins}, by ${part}, ${matchingWords.get(matching) ?? `matching type ${matching}, not known`}`
}

export function tlsaMatch({ matches, why }: TlsaRecord): Verdict {
  if (matches === undefined)
    return { tone: 'neutral', words: 'Not compared: the server’s certificate was not seen' }
  if (matches) return { tone: 'good', words: 'Matches' }
  return { tone: 'bad', words: why ? `Does not match: ${shownName(why)}` : 'Does not match' }
}

/** What stands where a host has no record. */
export const noTlsa = ({ answered }: TlsaHost): string =>
  answered ? 'No TLSA record' : 'No name server answered'

const proofs: Record<Security, Verdict> = {
  secure: { tone: 'good', words: 'DNSSEC proves it' },
  insecure: { tone: 'info', words: 'Not signed with DNSSEC' },
  bogus: { tone: 'bad', words: 'DNSSEC signatures are wrong' },
  unproven: { tone: 'neutral', words: 'DNSSEC not proven' },
}

export const securityVerdict = (security: Security): Verdict => proofs[security]

/** The caveat under the list; '' when everything is proven or there is nothing to prove. */
export function securityCaveat(hosts: readonly Pick<TlsaHost, 'security' | 'records'>[]): string {
  const shown = hosts.filter(({ records }) => records.length > 0)
  if (shown.some(({ security }) => security === 'unproven'))
    return 'Whether DNSSEC signs these records is not proven: ask a resolver you call validating. Without that, they bind nobody.'
  return shown.some(({ security }) => security === 'insecure')
    ? 'A record that DNSSEC does not sign binds nobody (RFC 7672 §2.2).'
    : ''
}
