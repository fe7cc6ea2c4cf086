/** Owns: what differs between two policies, in a few lines a person can agree to. */
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { entryKinds, kindNames, type EntryKind } from './relayEntries.ts'

export interface Change {
  sign: '+' | '−' | '~'
  words: string
}

/** More are told as a number. */
const mostNamed = 12

const lists = [...entryKinds, 'listeners', 'unknown'] as const
type ListName = (typeof lists)[number]

/** Each entry with its name. */
const namedBy: Record<ListName, (policy: RelayPolicy) => [string, unknown][]> = {
  sources: ({ sources }) => sources.map((one) => [`source ${one.match}`, one]),
  users: ({ users }) => users.map((one) => [`user ${one.name}`, one]),
  relayDomains: ({ relayDomains }) => relayDomains.map((one) => [`relay domain ${one.domain}`, one]),
  relayAddresses: ({ relayAddresses }) => relayAddresses.map((one) => [`relay address ${one.pattern}`, one]),
  domains: ({ domains }) => domains.map((one) => [`policy of domain ${one.domain}`, one]),
  virtualMtas: ({ virtualMtas }) => virtualMtas.map((one) => [`virtual MTA ${one.name}`, one]),
  virtualMtaRules: ({ virtualMtaRules }) => virtualMtaRules.map((one) => [`rule for ${one.field ?? one.of} ${one.pattern}`, one]),
  sourceHosts: ({ sourceHosts }) => sourceHosts.map((one) => [`source address ${one.address}`, one]),
  listeners: ({ listeners }) => listeners.map((one) => [`listener on ${one.address === undefined ? `port ${one.port}` : `${one.address}:${one.port}`}`, one]),
  unknown: ({ unknown }) => unknown.map((one) => [`unknown “${(one.text.split('\n', 1)[0] ?? '').slice(0, 60)}”`, one]),
} // prettier-ignore

/** Where an entry stood in a text is no part of what it says. */
const meaning = (entry: unknown): string =>
  JSON.stringify(entry, (key, value: unknown) => (key === 'line' ? undefined : value))

function grouped(named: readonly [string, unknown][]): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, entry] of named) found.set(name, `${found.get(name) ?? ''}${meaning(entry)}`)
  return found
}

function changesIn(kind: ListName, before: RelayPolicy, after: RelayPolicy): Change[] {
  const [old, fresh] = [grouped(namedBy[kind](before)), grouped(namedBy[kind](after))]
  const added = [...fresh].filter(([name]) => !old.has(name)).map(([words]): Change => ({ sign: '+', words }))
  const gone = [...old].filter(([name]) => !fresh.has(name)).map(([words]): Change => ({ sign: '−', words }))
  const other = [...fresh].filter(([name, said]) => old.has(name) && old.get(name) !== said)
  return [...added, ...gone, ...other.map(([words]): Change => ({ sign: '~', words }))]
}

const ordered = (a: RelayPolicy, b: RelayPolicy, kind: EntryKind): boolean =>
  a[kind].map(meaning).join('\n') === b[kind].map(meaning).join('\n')

/** Every change by name; the order of entries counts where nothing else is different. */
export function policyChanges(before: RelayPolicy, after: RelayPolicy): { named: Change[]; more: number } {
  const all = lists.flatMap((kind) => changesIn(kind, before, after))
  if (meaning(before.certificate) !== meaning(after.certificate))
    all.push({ sign: '~', words: after.certificate ? `certificate ${after.certificate.path}` : 'certificate of this program’s own authority' }) // prettier-ignore
  if (all.length === 0)
    for (const kind of entryKinds)
      if (!ordered(before, after, kind)) all.push({ sign: '~', words: `order: each ${kindNames[kind].one}` })
  return { named: all.slice(0, mostNamed), more: Math.max(0, all.length - mostNamed) }
}

export const signWords: Record<Change['sign'], string> = { '+': 'added', '−': 'taken out', '~': 'changed' }
