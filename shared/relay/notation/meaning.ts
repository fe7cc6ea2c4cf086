/**
 * Owns: what a policy says, whatever lines it stood in, and which of its fields a text would not give back. A policy whose text
 * says something else is not to be saved: after the next start, or an export, other rules would hold. Pure.
 */
import { domainLabel, emptyPolicy, type RelayPolicy } from '../policy.ts'
import type { PolicyProblem } from '../problems.ts'
import { quotable } from './conceal.ts'
import { parseNotation } from './parse.ts'
import { printNotation } from './print.ts'

/** The same value with its fields in one order, without lines and what is not there. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, one]) => key !== 'line' && one !== undefined)
      .map(([key, one]): [string, unknown] => [key, plain(one)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** Unknown directives have an order in their own block alone; a listener's usual TLS may go without saying. */
function ordered(policy: RelayPolicy): unknown {
  const listeners = policy.listeners.map(({ tls, ...rest }) => (tls === undefined || tls === 'starttls' ? rest : { ...rest, tls })) // prettier-ignore
  const within = Map.groupBy(policy.unknown, (one) => one.within ?? '')
  const unknown = [...within].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, texts]) => texts)
  return plain({ ...policy, listeners, unknown })
}

/** Equal for two policies that say the same. */
export const meaningOf = (policy: RelayPolicy): string => JSON.stringify(ordered(policy))

/** Whether a text says this policy and has no mistakes. */
export function saysSame(text: string, policy: RelayPolicy): boolean {
  const { policy: read, problems } = parseNotation(text)
  return problems.length === 0 && meaningOf(read) === meaningOf(policy)
}

type Path = readonly (string | number)[]
type Difference = { path: Path; here: unknown; there: unknown }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first place, innermost, where two plain values differ. */
function difference(here: unknown, there: unknown, path: Path = []): Difference | null {
  if (Array.isArray(here) && Array.isArray(there)) {
    for (let at = 0; at < Math.max(here.length, there.length); at++) {
      const found = difference(here[at], there[at], [...path, at])
      if (found !== null) return found
    }
    return null
  }
  if (isRecord(here) && isRecord(there)) {
    for (const key of new Set([...Object.keys(here), ...Object.keys(there)])) {
      const found = difference(here[key], there[key], [...path, key])
      if (found !== null) return found
    }
    return null
  }
  return here === there ? null : { path, here, there }
}

const fieldOf = (path: Path): string =>
  path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('').slice(1) // prettier-ignore

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : quotable(JSON.stringify(value), 200) // prettier-ignore

function problemAt({ path, here, there }: Difference, why?: string): PolicyProblem {
  const field = fieldOf(path)
  const words = why ?? (there === undefined ? 'it would be missing' : `${shown(there)} would be read back`)
  const message =
    here === undefined
      ? `${field}: ${shown(there)} would be read back from the text of the rules, and nothing like it was given`
      : `${field}: ${shown(here)} cannot be written in the text of the rules: ${words}`
  return { severity: 'error', field, message }
}

function among(names: readonly string[], field: (at: number) => string): PolicyProblem[] {
  const first = new Map<string, number>()
  return names.flatMap((name, at) => {
    const before = first.get(name)
    if (before === undefined) first.set(name, at)
    return before === undefined ? [] : [{ severity: 'error', field: field(at), message: `${field(at)}: ${shown(name)} is there already, as ${field(before)}; put both into one entry` }] // prettier-ignore
  })
}

/** A second block of one name would go on with the first. */
function doubled({ users, domains, virtualMtas }: RelayPolicy): PolicyProblem[] {
  return [
    ...among(users.map(({ name }) => name), (at) => `users[${at}].name`),
    ...among(domains.map(({ domain }) => domain), (at) => `domains[${at}].domain`),
    ...among(virtualMtas.map(({ name }) => name), (at) => `virtualMtas[${at}].name`),
    ...virtualMtas.flatMap((mta, place) => among(mta.domains.map(({ domain }) => domain), (at) => `virtualMtas[${place}].domains[${at}].domain`)),
  ]
} // prettier-ignore

const control = /\p{Cc}/u

/** The field of an entry that has a line end or another control character in it: no line can. */
function controlled(entry: unknown, path: Path): Path {
  const found = isRecord(entry) ? Object.entries(entry).find(([, value]) => typeof value === 'string' && control.test(value)) : undefined // prettier-ignore
  return found === undefined ? path : [...path, found[0]]
}

const lists = [
  'listeners', 'users', 'sources', 'relayDomains', 'relayAddresses', 'sourceHosts', 'domains', 'virtualMtas', 'virtualMtaRules',
] as const // prettier-ignore

/** Each entry by itself: what is wrong with it does not move the others. */
function entryProblems(policy: RelayPolicy, most: number): PolicyProblem[] {
  const problems: PolicyProblem[] = []
  for (const list of lists)
    for (const [at, entry] of policy[list].entries()) {
      if (problems.length >= most) return problems
      const alone: RelayPolicy = { ...emptyPolicy(), [list]: [entry] }
      const read = parseNotation(printNotation(alone))
      const path = [list, at]
      if (read.problems.length > 0) {
        const own = controlled(entry, path)
        const value: unknown = own.length > 2 ? Reflect.get(entry, own[2]!) : plain(entry)
        problems.push(problemAt({ path: own, here: value, there: undefined }, read.problems[0]!.message))
        continue
      }
      const found = difference(plain(entry), plain(read.policy[list][0]), path)
      const listener = list === 'listeners' && found?.path.at(-1) === 'tls' && found.there === undefined && found.here === 'starttls' // prettier-ignore
      if (found !== null && !listener) problems.push(problemAt(found))
    }
  return problems
}

/**
 * Fields that would not come back from the policy's own text, as errors; empty where it says the same. What was unknown in a
 * block that is gone is no part of it: it becomes a comment.
 */
export function unwritable(policy: RelayPolicy, most = 20): PolicyProblem[] {
  const own = { ...policy, unknown: knownPlaces(policy) }
  const read = parseNotation(printNotation(own))
  if (read.problems.length === 0 && meaningOf(read.policy) === meaningOf(own)) return []
  const problems = [...doubled(own), ...entryProblems(own, most)].slice(0, most)
  if (problems.length > 0) return problems
  const found = difference(ordered(own), ordered(read.policy))
  return [
    found === null
      ? { severity: 'error', field: 'unknown', message: `the rules cannot be written as a text: ${read.problems[0]?.message ?? 'they read otherwise'}` } // prettier-ignore
      : problemAt(found, read.problems[0]?.message),
  ]
}

/** Labels of all blocks that a policy has. */
export function labelsOf({ users, sources, domains, virtualMtas }: RelayPolicy): Set<string> {
  return new Set([
    ...users.map(({ name }) => `smtp-user ${name}`),
    ...sources.map(({ match }) => `source ${match}`),
    ...domains.map(({ domain }) => domainLabel(domain)),
    ...virtualMtas.flatMap(({ name, domains: own }) => [`virtual-mta ${name}`, ...own.map(({ domain }) => domainLabel(domain, name))]),
  ])
} // prettier-ignore

/** What was unknown, in blocks that are there. */
export function knownPlaces(policy: RelayPolicy): RelayPolicy['unknown'] {
  const labels = labelsOf(policy)
  return policy.unknown.filter(({ within }) => within === undefined || labels.has(within))
}
