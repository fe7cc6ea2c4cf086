/**
 * Owns: how one recipient's mail goes on: which virtual MTA, and which rules of which domain entry hold. Each value is looked
 * up for itself, as with sources: an entry for the very domain, then `*.parent`, then `*`; those of the virtual MTA before
 * those of the relay as a whole, then the defaults.
 */
import { domainKey } from './domainKey.ts'
import { readPattern } from './pattern.ts'
import { outboundDefaults, type DomainPolicy, type RelayPolicy, type Smarthost, type SourceHost, type VirtualMta } from './policy.ts' // prettier-ignore
import { directiveFor } from './sources.ts'

export interface OutboundMessage {
  /** The client that brought it. */
  client: string
  /** Whom it had signed in as. */
  user?: string
  sender: string
  recipient: string
  /** Unfolded values by the field's name in lower case; the first of each name. */
  headers: ReadonlyMap<string, string>
}

export interface OutboundChoice {
  /** Absent: none; the relay's own source addresses hold. */
  virtualMta?: string
  /** Why this one, in words. */
  because: string
}

export interface OutboundRules {
  useStarttls: boolean
  requireStarttls: boolean
  /** Waits before the second try, the third, ...; the last one holds for all further. */
  retryAfter: readonly number[]
  bounceAfter: number
  /**
   * At once and in a span, for the mail of each domain by each virtual MTA, as PowerMTA counts them; for all that goes by one
   * entry together where it names a smarthost beside them.
   */
  maxConnections: number
  maxRate?: { messages: number; per: number }
  smarthost?: Smarthost
  /** Path of the file of authorities that are trusted, too. */
  ca?: string
  sourceHosts: readonly SourceHost[]
  /** Where each value came from: `virtual-mta mta1, domain *`, or `default`. Absent: no entry says it. */
  from: Record<'useStarttls' | 'requireStarttls' | 'retryAfter' | 'bounceAfter', string> &
    Partial<Record<'maxConnections' | 'maxRate' | 'smarthost' | 'ca', string>>
}

/** The field in which a message names its virtual MTA; it is taken out before the message goes on. */
export const virtualMtaField = 'x-virtual-mta'

interface Place {
  entry: DomainPolicy
  from: string
}

/** Entries by what they are for: a domain's key, the same behind `*.`, or `*`. Those of one name in their order. */
const byName = new WeakMap<readonly DomainPolicy[], ReadonlyMap<string, readonly DomainPolicy[]>>()

function entriesOf(domains: readonly DomainPolicy[]): ReadonlyMap<string, readonly DomainPolicy[]> {
  const known = byName.get(domains)
  if (known !== undefined) return known
  const made = Map.groupBy(domains, ({ domain }) =>
    domain.startsWith('*.') ? `*.${domainKey(domain.slice(2))}` : domainKey(domain),
  )
  byName.set(domains, made)
  return made
}

/** The narrowest first: the very domain, `*.parent` from the longest on, `*`. */
function placesOf(domains: readonly DomainPolicy[], domain: string, of: string): Place[] {
  const entries = entriesOf(domains)
  const names = domain === '*' ? [] : [domain]
  for (let dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1))
    names.push(`*${domain.slice(dot)}`)
  return [...names, '*'].flatMap((name) =>
    (entries.get(name) ?? []).map((entry) => ({ entry, from: `${of}domain ${entry.domain}` })),
  )
}

/** What holds for mail to `domain` by this virtual MTA; a name that is not defined is none. */
export function outboundRules(
  policy: RelayPolicy,
  virtualMta: string | undefined,
  domain: string,
): OutboundRules {
  const mta = policy.virtualMtas.find(({ name }) => name === virtualMta)
  const own = domainKey(domain)
  const places = [
    ...(mta ? placesOf(mta.domains, own, `virtual-mta ${mta.name}, `) : []),
    ...placesOf(policy.domains, own, ''),
  ]
  const find = <T>(read: (entry: DomainPolicy) => T | undefined): { value: T | undefined; from: string } => {
    for (const { entry, from } of places) {
      const value = read(entry)
      if (value !== undefined) return { value, from }
    }
    return { value: undefined, from: 'default' }
  }
  const use = find((entry) => entry.useStarttls)
  const require = find((entry) => entry.requireStarttls)
  const retry = find((entry) => entry.retryAfter)
  const bounce = find((entry) => entry.bounceAfter)
  const connections = find((entry) => entry.maxConnections)
  const rate = find((entry) => entry.maxRate)
  const smart = find((entry) => entry.smarthost)
  const ca = find((entry) => entry.ca?.path)
  const requireStarttls = require.value ?? outboundDefaults.requireStarttls
  return {
    // To require what is not used would deliver nothing.
    useStarttls: requireStarttls || (use.value ?? outboundDefaults.useStarttls),
    requireStarttls,
    retryAfter: retry.value ?? outboundDefaults.retryAfter,
    bounceAfter: bounce.value ?? outboundDefaults.bounceAfter,
    maxConnections: connections.value ?? outboundDefaults.maxConnections,
    ...(rate.value === undefined ? {} : { maxRate: rate.value }),
    ...(smart.value === undefined ? {} : { smarthost: smart.value }),
    ...(ca.value === undefined ? {} : { ca: ca.value }),
    sourceHosts: mta !== undefined && mta.sourceHosts.length > 0 ? mta.sourceHosts : policy.sourceHosts,
    from: {
      useStarttls: requireStarttls ? require.from : use.from,
      requireStarttls: require.from,
      retryAfter: retry.from,
      bounceAfter: bounce.from,
      ...(connections.value === undefined ? {} : { maxConnections: connections.from }),
      ...(rate.value === undefined ? {} : { maxRate: rate.from }),
      ...(smart.value === undefined ? {} : { smarthost: smart.from }),
      ...(ca.value === undefined ? {} : { ca: ca.from }),
    },
  }
}

const known = ({ virtualMtas }: RelayPolicy, name: string | undefined): VirtualMta | undefined =>
  virtualMtas.find((mta) => mta.name === name)

/** The header where the client's source lets it, then the rules in their order, then the user's, then the source's. */
export function chooseVirtualMta(policy: RelayPolicy, message: OutboundMessage): OutboundChoice {
  const asked = message.headers.get(virtualMtaField)?.trim()
  const mayAsk = directiveFor(policy, message.client, 'processVirtualMtaHeader') === true
  if (asked !== undefined && mayAsk && known(policy, asked))
    return { virtualMta: asked, because: `the message asks for it in ${virtualMtaField}` }
  for (const { of, field, pattern, virtualMta } of policy.virtualMtaRules) {
    const text = of === 'mail-from' ? message.sender : of === 'rcpt-to' ? message.recipient : message.headers.get((field ?? '').toLowerCase()) // prettier-ignore
    const read = readPattern(pattern)
    if (text === undefined || typeof read === 'string' || !known(policy, virtualMta)) continue
    if (read.matches(text)) return { virtualMta, because: `${of === 'header' ? (field ?? 'the header') : of} matches ${pattern}` } // prettier-ignore
  }
  const users = policy.users.find(({ name }) => name === message.user)?.virtualMta
  if (known(policy, users)) return { virtualMta: users!, because: `it is the one of user ${message.user}` }
  const sources = directiveFor(policy, message.client, 'virtualMta')
  if (known(policy, sources))
    return { virtualMta: sources!, because: 'it is the one of the source of the client' }
  return { because: 'no rule names a virtual MTA' }
}

/** Milliseconds to wait after try number `tried`, from 1; null when `age` milliseconds are too old for another. */
export function waitAfter(
  { retryAfter, bounceAfter }: Pick<OutboundRules, 'retryAfter' | 'bounceAfter'>,
  tried: number,
  age: number,
): number | null {
  if (age >= bounceAfter) return null
  const wait = retryAfter[Math.min(Math.max(1, tried), retryAfter.length) - 1]!
  // The last try falls on the end: mail is not given up hours before it has to be.
  return Math.min(wait, bounceAfter - age)
}
