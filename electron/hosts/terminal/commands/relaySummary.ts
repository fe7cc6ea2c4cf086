/** Owns: what a relay's rules come to, in a few lines or as data: what they name, whether they are an open relay, whether they can be run. */
import { describedNotes } from '#shared/relay/notation/described.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { openRelayWords } from '#shared/relay/problems.ts'
import { rulesOf } from '#shared/relay/rules.ts'
import type { RulesProblem } from '#shared/rpc/contract/relay.ts'
import { shown } from '../io.ts'

export interface RelaySummary {
  /** As `0/0:25 starttls`. */
  listeners: string[]
  users: number
  sources: number
  relayDomains: number
  relayAddresses: number
  /** Entries for outgoing mail by domain, those of virtual MTAs not counted. */
  domains: number
  virtualMtas: number
  /** In the order in which they are looked at. */
  rules: number
  openRelay: boolean
  errors: number
  warnings: number
}

/** Names that a line shows, and characters of each. */
const most = 5
const longest = 80

const place = ({ address = '0/0', port, tls = 'starttls' }: RelayPolicy['listeners'][number]): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port} ${tls}`

export function relaySummary(policy: RelayPolicy, problems: readonly RulesProblem[]): RelaySummary {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return {
    listeners: policy.listeners.map(place),
    users: policy.users.length,
    sources: policy.sources.length,
    relayDomains: policy.relayDomains.length,
    relayAddresses: policy.relayAddresses.length,
    domains: policy.domains.length,
    virtualMtas: policy.virtualMtas.length,
    rules: rulesOf(policy).length,
    openRelay: openRelayWords(policy).length > 0,
    errors,
    warnings: problems.length - errors,
  }
}

function line(one: string, several: string, names: readonly string[]): string {
  if (names.length === 0) return `No ${several}`
  const listed = names.slice(0, most).map((name) => shown(name.length > longest ? `${name.slice(0, longest)}…` : name))
  const more = names.length > most ? ` and ${names.length - most} more` : ''
  return `${names.length} ${names.length === 1 ? one : several}: ${listed.join(', ')}${more}`
} // prettier-ignore

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** A file that holds nothing, or nothing but comments and what is unknown. */
const isEmpty = ({ listeners, users, sources, relayDomains, relayAddresses, domains, virtualMtas }: RelaySummary): boolean =>
  [listeners.length, users, sources, relayDomains, relayAddresses, domains, virtualMtas].every((count) => count === 0) // prettier-ignore

/** Whether they can be run, in a sentence. */
export function verdict(summary: RelaySummary): string {
  const { errors, warnings } = summary
  if (errors + warnings === 0 && isEmpty(summary))
    return 'There is no rule: nothing listens, and nobody may relay. Begin with a listener, as smtp-listener 127.0.0.1:2525.'
  if (errors > 0)
    return `${counted(errors, 'error')}${warnings > 0 ? ` and ${counted(warnings, 'warning')}` : ''}: these rules cannot be run.`
  return warnings > 0 ? `No error, ${counted(warnings, 'warning')}.` : 'No problem found.'
}

/** Lines for a person, the verdict last. What is wrong stands elsewhere, each with its place. */
export function relaySummaryText(policy: RelayPolicy, summary: RelaySummary): string {
  return `${[
    line('listener', 'listeners', summary.listeners),
    line('user', 'users', policy.users.map(({ name, method }) => `${name} (${method})`)),
    line('source', 'sources', policy.sources.map(({ match }) => match)),
    line('relay domain', 'relay domains', policy.relayDomains.map(({ domain }) => domain)),
    line('relay address', 'relay addresses', policy.relayAddresses.map(({ pattern }) => pattern)),
    line('domain for outgoing mail', 'domains for outgoing mail', policy.domains.map(({ domain }) => domain)),
    line('virtual MTA', 'virtual MTAs', policy.virtualMtas.map(({ name }) => name)),
    ...describedNotes(policy),
    `Open relay: ${summary.openRelay ? 'yes' : 'no'}.`,
    verdict(summary),
  ].join('\n')}\n`
} // prettier-ignore
