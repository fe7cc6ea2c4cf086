/** Owns: the entries of a policy as rows that can be looked at, changed and taken out; which entry a rule of the decision comes from. */
import { printRate } from '#shared/relay/notation/values.ts'
import type { DomainPolicy, RelayPolicy, VirtualMta } from '#shared/relay/policy.ts'
import type { RelayRules, RuleRow } from '#shared/rpc/contract/relay.ts'
import type { z } from 'zod'
import { ordinal } from './relayQueue.ts'
import { waitWords } from './relayTime.ts'

export const entryKinds = ['sources', 'users', 'relayDomains', 'relayAddresses', 'domains', 'virtualMtas', 'virtualMtaRules', 'sourceHosts'] as const // prettier-ignore
export type EntryKind = (typeof entryKinds)[number]

/** An entry by its list and place; `place` -1 for a new one. */
export interface EntryAt {
  kind: EntryKind
  place: number
}

type RulesOf = z.infer<typeof RelayRules>
type RowOf = z.infer<typeof RuleRow>

export const kindNames: Record<EntryKind, { one: string; add: string; about: string }> = {
  sources: { one: 'source', add: 'Clients of a network', about: 'What holds for clients of an address or network' },
  users: { one: 'user', add: 'A user', about: 'Who may sign in, and relay then' },
  relayDomains: { one: 'relay domain', add: 'A relay domain', about: 'Mail to it may come from anybody' },
  relayAddresses: { one: 'relay address', add: 'A relay address', about: 'Mail to it may come from anybody' },
  domains: { one: 'domain policy', add: 'How mail to a domain goes on', about: 'TLS, waits, limits, smarthost' },
  virtualMtas: { one: 'virtual MTA', add: 'A virtual MTA', about: 'An address and a name to send from' },
  virtualMtaRules: { one: 'rule for a virtual MTA', add: 'A rule for a virtual MTA', about: 'By sender, recipient or a header field' },
  sourceHosts: { one: 'source address', add: 'A source address', about: 'Where mail leaves from without a virtual MTA' },
} // prettier-ignore

/** Where a rule of the decision stands in the policy; undefined for `everybody else` and for several users in one. */
export function entryOfRule(policy: RelayPolicy, { rule, line }: Pick<RowOf, 'rule' | 'line'>): EntryAt | undefined {
  const find = <T extends { line?: number | undefined }>(kind: EntryKind, list: readonly T[], same: (entry: T) => boolean): EntryAt | undefined => {
    const exact = list.findIndex((entry) => same(entry) && entry.line === line)
    const place = exact >= 0 ? exact : list.findIndex(same)
    return place < 0 ? undefined : { kind, place }
  }
  const [, word = '', value = ''] = /^(\S+)\s+(\S.*)$/u.exec(rule) ?? []
  if (word === 'source') return find('sources', policy.sources, ({ match }) => value.startsWith(`${match} `))
  if (word === 'relay-domain') return find('relayDomains', policy.relayDomains, ({ domain }) => domain === value)
  if (word === 'relay-address') return find('relayAddresses', policy.relayAddresses, ({ pattern }) => pattern === value)
  if (word === 'smtp-user') return find('users', policy.users, ({ name }) => name === value)
  return undefined
} // prettier-ignore

export function tlsOf({ useStarttls, requireStarttls }: DomainPolicy): string {
  if (requireStarttls === true) return 'TLS required'
  if (useStarttls === false) return 'TLS off'
  return useStarttls === true ? 'TLS when offered' : ''
}

/** What a domain policy says, without what it leaves to others. */
export const domainWords = (entry: DomainPolicy): string =>
  [
    tlsOf(entry),
    entry.retryAfter && `again after ${entry.retryAfter.slice(0, 3).map(waitWords).join(', ')}${entry.retryAfter.length > 3 ? ' …' : ''}`,
    entry.bounceAfter !== undefined && `returned after ${waitWords(entry.bounceAfter)}`,
    entry.maxConnections !== undefined && `at most ${entry.maxConnections} connections`,
    entry.maxRate && `at most ${printRate(entry.maxRate)}`,
    entry.smarthost && `by ${entry.smarthost.host}:${entry.smarthost.port}`,
    entry.ca && `trusts ${entry.ca.path}`,
  ]
    .filter(Boolean)
    .join(', ') || 'nothing of its own' // prettier-ignore

const mtaWords = ({ sourceHosts, domains }: VirtualMta): string =>
  [
    ...sourceHosts.slice(0, 2).map(({ address, name }) => `${address} as ${name}`),
    ...domains.slice(0, 2).map((entry) => `${entry.domain}: ${domainWords(entry)}`),
  ].join('; ') || 'nothing of its own'

export type ListRow =
  | { type: 'head'; key: string; title: string; about: string }
  | { type: 'rule'; key: string; row: RowOf; at: EntryAt | undefined }
  | { type: 'entry'; key: string; at: EntryAt; text: string; about: string }
  | { type: 'unknown'; key: string; text: string; about: string }

const entries = <T>(list: readonly T[], kind: EntryKind, words: (entry: T) => { text: string; about: string }): ListRow[] =>
  list.map((entry, place) => ({ type: 'entry', key: `${kind} ${place}`, at: { kind, place }, ...words(entry) })) // prettier-ignore

const methodWords = { password: 'by password', certificate: 'by the client’s certificate', system: 'by an account of this computer, which cannot be asked here' } // prettier-ignore

function group(title: string, about: string, rows: ListRow[]): ListRow[] {
  return rows.length === 0 ? [] : [{ type: 'head', key: `head ${title}`, title, about }, ...rows]
}

/** All of the rules as one list: first those that decide, in their order, then how mail goes on. */
export function ruleList({ policy, rules, missing }: RulesOf): ListRow[] {
  const without = new Set(missing)
  const deciding = rules.map((row): ListRow => ({ type: 'rule', key: `rule ${row.number}`, row, at: entryOfRule(policy, row) }))
  // One rule stands for all users: several of them are listed by themselves.
  const users = policy.users.length > 1 || policy.users.some(({ name }) => without.has(`user ${name}`)) ? policy.users : []
  return [
    ...group('Who may relay', 'The first that decides ends it', deciding),
    ...group('Users', 'Who has signed in may relay', entries(users, 'users', ({ name, method, virtualMta }) => ({
      text: `smtp-user ${name}`,
      about: [methodWords[method], without.has(`user ${name}`) && 'no password yet: cannot sign in', virtualMta && `goes by ${virtualMta}`].filter(Boolean).join(', '),
    }))),
    ...group('Which virtual MTA', 'The first that matches', entries(policy.virtualMtaRules, 'virtualMtaRules', ({ of, field, pattern, virtualMta }) => ({
      text: `${of === 'header' ? `header ${field ?? ''}` : of} ${pattern}`,
      about: `goes by ${virtualMta}`,
    }))),
    ...group('How mail goes on', 'For mail without a virtual MTA, and what its own entries leave open', [
      ...entries(policy.domains, 'domains', (entry) => ({ text: `domain ${entry.domain}`, about: domainWords(entry) })),
      ...entries(policy.sourceHosts, 'sourceHosts', ({ address, name }) => ({ text: `smtp-source-host ${address} ${name}`, about: `leaves from ${address} as ${name}` })),
      ...entries(policy.virtualMtas, 'virtualMtas', (mta) => ({ text: `virtual-mta ${mta.name}`, about: mtaWords(mta) })),
    ]),
    ...group('Not understood', 'Kept and written out again, and of no effect here', policy.unknown.map(({ text, within, line }, place): ListRow => ({
      type: 'unknown', key: `unknown ${place}`, text: text.split('\n', 1)[0] ?? '', about: [within && `in ${within}`, line && `line ${line}`].filter(Boolean).join(', '),
    }))),
  ]
} // prettier-ignore

/** Rows with these words, whatever their case, each under the head of its group. */
export function matchingRows(rows: readonly ListRow[], words: string): readonly ListRow[] {
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return rows
  const has = (row: ListRow): boolean =>
    row.type === 'rule'
      ? row.row.rule.toLowerCase().includes(wanted)
      : row.type !== 'head' && `${row.text} ${row.about}`.toLowerCase().includes(wanted)
  const found = rows.filter((row) => row.type === 'head' || has(row))
  return found.filter((row, place) => row.type !== 'head' || (found[place + 1]?.type ?? 'head') !== 'head')
}

/** The policy with one entry put in place of another, or added behind its like; `to`: where it stands then, from 0. */
export function withEntry<K extends EntryKind>(policy: RelayPolicy, { kind, place }: { kind: K; place: number }, entry: RelayPolicy[K][number], to?: number): RelayPolicy {
  const others = policy[kind].filter((_one, at) => at !== place)
  const list: RelayPolicy[K][number][] = others.toSpliced(to ?? (place < 0 ? others.length : place), 0, entry)
  return { ...policy, [kind]: list }
} // prettier-ignore

export const withoutEntry = (policy: RelayPolicy, at: EntryAt): RelayPolicy => ({
  ...policy,
  [at.kind]: policy[at.kind].filter((_entry, place) => place !== at.place),
})

type Entry = RelayPolicy[EntryKind][number]

/** The field that says which entry it is; among its like it is there once. */
export const nameFields: Record<EntryKind, string> = {
  sources: 'match', users: 'name', relayDomains: 'domain', relayAddresses: 'pattern',
  domains: 'domain', virtualMtas: 'name', virtualMtaRules: 'pattern', sourceHosts: 'address',
} // prettier-ignore

const nameOf = (entry: Entry): string =>
  'match' in entry ? entry.match : 'name' in entry ? entry.name : 'domain' in entry ? entry.domain : entry.pattern // prettier-ignore

/** For titles: `source 10.0.5.20`. */
export function entryName(policy: RelayPolicy, { kind, place }: EntryAt): string {
  const { one } = kindNames[kind]
  const entry = policy[kind][place]
  return entry === undefined ? `new ${one}` : `${one} ${nameOf(entry)}`
}

/** By which two entries would be one and the same: what stands behind the first would be of no effect, or take its place. */
function sameness(entry: Entry): string {
  if ('of' in entry) return `${entry.of} ${entry.field?.toLowerCase() ?? ''} ${entry.pattern}`
  if ('address' in entry) return `${entry.address} ${entry.name}`
  return 'domain' in entry ? entry.domain.toLowerCase() : nameOf(entry)
}

/** What is wrong where an entry would be there twice; one that was twice in a text may be changed otherwise. */
export function twinWords(policy: RelayPolicy, { kind, place }: EntryAt, entry: Entry): string | undefined {
  const key = sameness(entry)
  const own = policy[kind][place]
  if (own !== undefined && sameness(own) === key) return undefined
  const there = policy[kind].some((other, at) => at !== place && sameness(other) === key)
  return there ? `There is a ${kindNames[kind].one} ${nameOf(entry)} already. Open that one to change it.` : undefined
} // prettier-ignore

/** Where a rule may stand among its like, whose first that matches decides: what it would come behind. */
export function placeChoices(policy: RelayPolicy, place: number): { value: string; label: string }[] {
  const others = policy.virtualMtaRules.filter((_rule, at) => at !== place)
  return [undefined, ...others].map((before, at) => ({
    value: String(at),
    label: `${ordinal(at + 1)}${before === undefined ? '' : `, behind ${before.pattern.slice(0, 60)}`}`,
  }))
} // prettier-ignore

/** Nothing is written, nobody may relay. */
export const isEmptyPolicy = (policy: RelayPolicy): boolean =>
  entryKinds.every((kind) => policy[kind].length === 0) && policy.listeners.length === 0 && policy.unknown.length === 0 // prettier-ignore

/** What the engine refused: at the fields of the entry at its place, and elsewhere as sentences. */
export function refusedFields(
  problems: readonly { field?: string | undefined; message: string }[],
  { kind, place }: EntryAt,
): { fields: Partial<Record<string, string>>; others: string[] } {
  const own = `${kind}[${place}].`
  const fields: Partial<Record<string, string>> = {}
  const others: string[] = []
  for (const { field = '', message } of problems) {
    // Many begin with the value that is wrong: it stays as it was typed.
    const words = `${message}${/[.!?]$/u.test(message) ? '' : '.'}`
    if (field.startsWith(own)) fields[field.slice(own.length)] ??= words
    else others.push(words)
  }
  return { fields, others }
}
