/**
 * Owns: rules that go by the recipient: relay domains and relay addresses, to which anybody may send. Domains are found by
 * their name, literal addresses by theirs; only patterns are tried one after another. Made once for each list.
 */
import { domainOf } from '../smtp/grammar/mailbox.ts'
import type { RelayAttempt } from './decision.ts'
import { addressKey, domainKey } from './domainKey.ts'
import { readPattern } from './pattern.ts'
import type { RelayPolicy } from './policy.ts'
import { allow, at, no, type Finding, type Section } from './rule.ts'

/** `*.example.com` is every name below example.com. Whichever way the two are written: U-labels are their A-labels. */
export const inDomain = (domain: string, entry: string): boolean =>
  entry.startsWith('*.')
    ? domainKey(domain).endsWith(`.${domainKey(entry.slice(2))}`)
    : domainKey(domain) === domainKey(entry)

/** Places by name; of two of one name the first holds. */
function placesBy(names: Iterable<readonly [number, string]>): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  for (const [place, name] of names) if (!places.has(name)) places.set(name, place)
  return places
}

/** The place of the first entry that a domain is, or is below; Infinity: none. */
function domainIndex(entries: readonly string[]): (domain: string) => number {
  const all = [...entries.entries()].filter(([, entry]) => entry !== '*')
  const exact = placesBy(all.filter(([, entry]) => !entry.startsWith('*.')).map(([place, entry]) => [place, domainKey(entry)])) // prettier-ignore
  const below = placesBy(all.filter(([, entry]) => entry.startsWith('*.')).map(([place, entry]) => [place, `.${domainKey(entry.slice(2))}`])) // prettier-ignore
  return (domain) => {
    const key = domainKey(domain)
    let first = exact.get(key) ?? Infinity
    if (below.size > 0)
      for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1))
        first = Math.min(first, below.get(key.slice(dot)) ?? Infinity)
    return first
  }
}

const placeOf = (first: number): number => (first === Infinity ? -1 : first)

function lookAtDomain(domain: string, { recipient }: RelayAttempt): Finding {
  const given = domainOf(recipient)
  const own = given.toLowerCase()
  if (domain === '*') return no('* alone names no domain')
  // As it was given: `toLowerCase` of a whole word ends it with another sigma than `domainKey` has.
  return inDomain(given, domain)
    ? allow(`${own} is ${domain}`, `${own} is a relay domain, to which anybody may send`)
    : no(`${own} is not ${domain}`)
}

const domainSections = new WeakMap<RelayPolicy['relayDomains'], Section>()

export function relayDomains({ relayDomains: domains }: RelayPolicy): Section {
  const known = domainSections.get(domains)
  if (known !== undefined) return known
  const rules = domains.map(({ domain, line }) => ({
    text: `relay-domain ${domain}`,
    ...at(line),
    look: (attempt: RelayAttempt): Finding => lookAtDomain(domain, attempt),
  }))
  const index = domainIndex(domains.map(({ domain }) => domain))
  const made = { rules, first: ({ recipient }: RelayAttempt) => placeOf(index(domainOf(recipient))) }
  domainSections.set(domains, made)
  return made
}

const addressSections = new WeakMap<RelayPolicy['relayAddresses'], Section>()

export function relayAddresses({ relayAddresses: addresses }: RelayPolicy): Section {
  const known = addressSections.get(addresses)
  if (known !== undefined) return known
  const read = addresses.map(({ pattern }) => readPattern(pattern))
  const literal = placesBy(read.flatMap((one, place) => typeof one === 'string' || one.expression ? [] : [[place, addressKey(addresses[place]!.pattern)] as const])) // prettier-ignore
  const patterns = read.flatMap((one, place) => (typeof one === 'string' || !one.expression ? [] : [{ one, place }])) // prettier-ignore
  const rules = addresses.map(({ pattern, line }, place) => ({
    text: `relay-address ${pattern}`,
    ...at(line),
    look: ({ recipient }: RelayAttempt): Finding => {
      const own = read[place]!
      if (typeof own === 'string') return no(`The pattern ${own}`)
      return own.matches(recipient)
        ? allow(`${recipient} matches`, `${recipient} is a relay address, to which anybody may send`)
        : no(`${recipient} does not match`)
    },
  }))
  const first = ({ recipient }: RelayAttempt): number => {
    const named = literal.get(addressKey(recipient)) ?? Infinity
    const found = patterns.find(({ one, place }) => place > named || one.matches(recipient))
    return placeOf(Math.min(named, found?.place ?? Infinity))
  }
  const made = { rules, first }
  addressSections.set(addresses, made)
  return made
}
