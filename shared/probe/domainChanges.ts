/** Owns: what of DNS, the policy host and the provider differs between two runs; what nobody answered for is no change. */
import type { DomainReport } from '../rpc/contract/probeDomain.ts'
import type { ProbeReport } from '../rpc/contract/probeReport.ts'
import { changed, toneOf } from './change.ts'
import type { Change } from './types.ts'

export function domainChanges(before: ProbeReport, after: ProbeReport): Change[] {
  return [
    ...changed('provider', before.provider?.name ?? 'not known', after.provider?.name ?? 'not known'),
    ...(before.domain && after.domain ? ofDomain(before.domain, after.domain) : []),
    ...names(before, after),
  ]
}

function ofDomain(before: DomainReport, after: DomainReport): Change[] {
  if (before.mx === 'failed' || after.mx === 'failed') {
    return changed('MX', mxWords(before), mxWords(after), toneOf(mxRank(before), mxRank(after)))
  }
  return [
    ...changed('MX', mxWords(before), mxWords(after)),
    ...changed('DNSSEC', before.security ?? 'not asked', after.security ?? 'not asked', toneOf(Number(before.security === 'secure'), Number(after.security === 'secure'))), // prettier-ignore
    ...tlsa(before, after),
    ...mtaSts(before.mtaSts, after.mtaSts),
    ...reporting(before, after),
  ]
}

function mxWords({ mx, records, hasAddress }: DomainReport): string {
  if (mx === 'failed') return 'nobody answered'
  if (mx === 'null') return 'null MX: takes no mail'
  if (mx === 'none') return hasAddress ? 'none, but an address' : 'none'
  return records
    .map(({ preference, host }) => `${preference} ${host}`)
    .toSorted()
    .join(', ')
}

function tlsa(before: DomainReport, after: DomainReport): Change[] {
  const [ours, theirs] = [answeredTlsa(before), answeredTlsa(after)]
  return [...ours.keys()]
    .filter((where) => theirs.has(where))
    .toSorted()
    .flatMap((where) => {
      const [a, b] = [ours.get(where)!.records, theirs.get(where)!.records]
      return changed(`TLSA of ${where}`, tlsaWords(a), tlsaWords(b), toneOf(tlsaRank(a), tlsaRank(b)))
    })
}

type TlsaRows = DomainReport['tlsa'][number]['records']

const tlsaWords = (records: TlsaRows): string =>
  records
    .map(({ usage, selector, matching, matches }) => `${usage} ${selector} ${matching}${matches === undefined ? '' : matches ? ' (matches)' : ' (does not match)'}`)
    .toSorted()
    .join(', ') || 'none' // prettier-ignore

/** One that matches is enough (RFC 7672 §3.1.2); records of which none does keep mail away. */
const tlsaRank = (records: TlsaRows): number =>
  records.some(({ matches }) => matches) ? 2 : records.some(({ matches }) => matches === false) ? 0 : 1

function mtaSts(before: DomainReport['mtaSts'], after: DomainReport['mtaSts']): Change[] {
  if (!before || !after) return []
  return changed('MTA-STS', stsWords(before), stsWords(after), toneOf(stsRank(before), stsRank(after)))
}

type Sts = NonNullable<DomainReport['mtaSts']>

function stsWords({ record, policy, problem, mode, patterns, failing }: Sts): string {
  if (record === 'none') return 'none'
  const why = problem === undefined ? '' : `: ${problem}`
  if (record !== 'found') return `record ${record}${why}`
  if (policy !== 'read') return `policy ${policy ?? 'not read'}${why}`
  const fails = failing.map(({ host }) => host).toSorted()
  const list = fails.length > 0 ? `; not kept by ${fails.join(', ')}` : ''
  return `${mode ?? 'no mode'} for ${patterns.toSorted().join(', ') || 'no host'}${list}`
}

const modeRanks = { enforce: 4, testing: 3, none: 2 } as const

function stsRank({ record, policy, mode, failing }: Sts): number {
  if (record === 'none') return 2
  if (record !== 'found' || policy !== 'read') return 1
  return failing.length > 0 ? 1 : modeRanks[mode ?? 'none']
}

function reporting({ tlsReporting: before }: DomainReport, { tlsReporting: after }: DomainReport): Change[] {
  if (before.record === 'unanswered' || after.record === 'unanswered') return []
  const words = ({ record, reports, problem }: typeof before): string =>
    record === 'found' ? reports.toSorted().join(', ') : `${record}${problem === undefined ? '' : `: ${problem}`}` // prettier-ignore
  const rank = ({ record }: typeof before): number => (record === 'found' ? 2 : record === 'none' ? 1 : 0)
  return changed('TLS reporting', words(before), words(after), toneOf(rank(before), rank(after)))
}

/** Names of the addresses that both runs asked for and had an answer. */
function names(before: ProbeReport, after: ProbeReport): Change[] {
  const [ours, theirs] = [answeredNames(before), answeredNames(after)]
  return [...ours.keys()]
    .filter((address) => theirs.has(address))
    .toSorted()
    .flatMap((address) => {
      const [a, b] = [ours.get(address)!, theirs.get(address)!]
      const tone = toneOf(Math.min(1, a.confirmed.length), Math.min(1, b.confirmed.length))
      return changed(`name of ${address}`, namesWords(a), namesWords(b), tone)
    })
}

const mxRank = ({ mx }: DomainReport): number => (mx === 'failed' ? 0 : 1)

const answeredTlsa = ({ tlsa: all }: DomainReport): Map<string, DomainReport['tlsa'][number]> =>
  new Map(all.flatMap((one) => (one.answered ? [[`${one.host} port ${one.port}`, one]] : [])))

const answeredNames = ({ reverse }: ProbeReport): Map<string, ProbeReport['reverse'][number]> =>
  new Map(reverse.flatMap((row) => (row.state === 'unanswered' ? [] : [[row.address, row]])))

const namesWords = ({ names: all, confirmed }: ProbeReport['reverse'][number]): string =>
  all
    .map((name) => (confirmed.includes(name) ? name : `${name} (does not lead back)`))
    .toSorted()
    .join(', ') || 'none'
