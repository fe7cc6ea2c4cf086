/** Owns: what a probe found out of a mail domain, in words for a terminal. */
import type { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { shown } from '../io.ts'

const problems = {
  alias: 'an alias, which an MX must not be',
  address: 'an address where a name belongs',
  'null-among-others': 'the null MX beside others',
  'not-found': 'a name that does not exist',
  'no-address': 'a name without an address',
  unanswered: 'nobody answered for its address',
} as const

export function domainText({ domain, reverse }: ProbeReport): string[] {
  const names = reverse.map(
    ({ address, state, names: found, confirmed }) =>
      `  PTR ${address}: ${state === 'found' ? found.map((name) => (confirmed.includes(name) ? name : `${name} (does not lead back)`)).join(', ') : state === 'none' ? 'no name' : 'no answer'}`,
  )
  if (!domain) return names.map(shown)
  return [`Domain ${domain.name}`, ...mxLines(domain), ...policyLines(domain), ...names].map(shown)
}

type Domain = NonNullable<ProbeReport['domain']>

function mxLines({ mx, hasAddress, records, security }: Domain): string[] {
  if (mx === 'null') return ['  MX: none, on purpose (the null MX): it takes no mail']
  if (mx === 'failed') return ['  MX: not known, for want of a usable answer']
  if (mx === 'none') return [`  MX: none${hasAddress ? '; mail goes to its own address' : ' and no address'}`]
  const proved = security === undefined || security === 'unproven' ? '' : `, DNSSEC ${security}`
  return records.map(({ preference, host, addresses, problem }) => {
    const where = addresses.length > 0 ? ` (${addresses.slice(0, 4).join(', ')})` : ''
    return `  MX ${preference} ${host}${where}${proved}${problem === undefined ? '' : `: ${problems[problem]}`}`
  })
}

function policyLines({ tlsa, mtaSts, tlsReporting }: Domain): string[] {
  const dane = tlsa.flatMap(({ host, port, security, answered, records }) =>
    records.length === 0
      ? answered
        ? []
        : [`  TLSA of ${host} port ${port}: nobody answered`]
      : [`  TLSA of ${host} port ${port}: ${records.length} (DNSSEC ${security})`],
  )
  const sts =
    mtaSts === undefined
      ? 'nobody answered'
      : mtaSts.record !== 'found'
        ? mtaSts.record
        : `${mtaSts.mode ?? mtaSts.policy ?? 'found'}${mtaSts.problem === undefined ? '' : ` (${mtaSts.problem})`}`
  const reports = tlsReporting.reports.length > 0 ? ` to ${tlsReporting.reports.join(', ')}` : ''
  return [...dane, `  MTA-STS: ${sts}`, `  TLS reporting: ${tlsReporting.record}${reports}`]
}
