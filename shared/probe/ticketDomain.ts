/** Owns: what DNS and the policy host say, for a ticket. */
import type { DomainReport } from '../rpc/contract/probeDomain.ts'
import type { ProbeReport } from '../rpc/contract/probeReport.ts'
import { name, row, rule, say } from './ticketText.ts'

const mostRows = 30

export function domainLines({ domain, reverse }: ProbeReport): string[] {
  const lines = [
    ...(domain ? ofDomain(domain) : []),
    ...reverse.slice(0, mostRows).map((one) => `- ${name(one.address)}: ${reverseWords(one)}`),
  ]
  return lines.length === 0 ? [] : ['## DNS and policies', '', ...lines]
}

function ofDomain(domain: DomainReport): string[] {
  return [...mx(domain), ...domain.tlsa.slice(0, mostRows).map(tlsa), ...sts(domain), reporting(domain), '']
}

const mxStates = {
  found: '',
  null: 'null MX (RFC 7505): the domain takes no mail',
  none: 'no MX',
  failed: 'not known, for want of a usable answer',
} as const

function mx({ mx: state, records, security, hasAddress }: DomainReport): string[] {
  const dnssec = security === undefined ? '' : ` (DNSSEC: ${security})`
  if (state !== 'found')
    return [`- MX: ${mxStates[state]}${state === 'none' && hasAddress ? ', the domain’s own address is used' : ''}${dnssec}`] // prettier-ignore
  const rows = records.slice(0, mostRows).map(
    ({ preference, host, addresses, problem }) =>
      row([String(preference), name(host), addresses.length === 0 ? '–' : name(addresses.join(', ')), problem ?? '–']), // prettier-ignore
  )
  return [`MX in their order${dnssec}:`, '', row(['Preference', 'Host', 'Addresses', 'Problem']), rule(4), ...rows, ''] // prettier-ignore
}

function tlsa({ host, port, security, answered, records }: DomainReport['tlsa'][number]): string {
  const words = !answered
    ? 'nobody answered'
    : records.length === 0
      ? 'none'
      : records.slice(0, mostRows).map(({ usage, selector, matching, matches }) => `${usage} ${selector} ${matching}${matches === undefined ? '' : matches ? ' matches' : ' does not match'}`).join(', ') // prettier-ignore
  return `- TLSA of ${name(host)} port ${port} (DNSSEC: ${security}): ${words}`
}

function sts({ mtaSts }: DomainReport): string[] {
  if (!mtaSts) return ['- MTA-STS: nobody answered']
  const { record, policy, problem, mode, patterns, failing } = mtaSts
  const why = problem === undefined ? '' : `: ${say(problem)}`
  if (record !== 'found') return [`- MTA-STS: ${record === 'none' ? 'none' : `record ${record}${why}`}`]
  if (policy !== 'read') return [`- MTA-STS: policy ${policy ?? 'not read'}${why}`]
  const fails = failing.slice(0, mostRows).map(({ host, why: reason }) => `${name(host)} (${say(reason)})`)
  const list = fails.length === 0 ? '' : `; not kept by ${fails.join(', ')}`
  return [`- MTA-STS: ${mode ?? 'no mode'} for ${patterns.slice(0, mostRows).map(name).join(', ') || 'no host'}${list}`] // prettier-ignore
}

function reporting({ tlsReporting: { record, reports, problem } }: DomainReport): string {
  if (record === 'found') return `- TLS reporting: ${reports.slice(0, mostRows).map(name).join(', ')}`
  const words = record === 'unanswered' ? 'nobody answered' : record
  return `- TLS reporting: ${words}${problem === undefined ? '' : `: ${say(problem)}`}`
}

function reverseWords({ state, names, confirmed }: ProbeReport['reverse'][number]): string {
  if (state === 'unanswered') return 'nobody answered for its name (PTR)'
  if (state === 'none') return 'no name (PTR)'
  return names
    .slice(0, mostRows)
    .map((one) => `${name(one)}${confirmed.includes(one) ? '' : ' (does not lead back)'}`)
    .join(', ')
}
