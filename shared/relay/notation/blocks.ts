/**
 * Owns: which directives and blocks a text may have where, and what each of them does to the policy. The names are those of
 * PowerMTA as articles describe it; `smarthost`, `smarthost-user`, `smarthost-password`, `smtp-ca`, `virtual-mta-rule` and what
 * stands behind the port of an `smtp-listener` (`tls=implicit`) are this program's own, for what no public text describes.
 */
import { readNetwork } from '../network.ts'
import { readPattern } from '../pattern.ts'
import type { DomainPolicy, RelayPolicy, RelaySource, RelayUser, SourceHost, VirtualMta } from '../policy.ts'
import { domainLabel, emptyPolicy } from '../policy.ts'
import { sourceDirectives, type SourceDirective } from '../sources.ts'
import { keptPassword, quotable } from './conceal.ts'
import { holdsSecret, readListener, readMethod, readName, readPath, readRule, readSourceHost, words } from './blockValues.ts' // prettier-ignore
import type { Spot } from './lines.ts'
import {
  readCount, readDomain, readFlag, readHostPort, readRate, readWait, readWaits, smarthostPort, Wrong, type Read,
} from './values.ts' // prettier-ignore

/** What a text gives: the policy, and the passwords beside it, by `user NAME` or `smarthost NAME`. */
export interface Draft {
  policy: RelayPolicy
  secrets: Map<string, string>
  /** Told of each block that goes on with an entry of an earlier one: its label, its place, the first line of that. */
  again?: (label: string, at: Spot, first: number | undefined) => void
}

/** Takes a value; answers what is wrong with it. */
export type Taker = (value: string, at: Spot) => Wrong | undefined

export { keptPassword } from './conceal.ts'

export interface Block {
  /** Of the tag; empty at the top. */
  name: string
  /** By which what is unknown in it finds it again: `source 10.0.5.20`, `domain * of virtual-mta m1`; empty at the top. */
  label: string
  opened: Spot
  directives: ReadonlyMap<string, Taker>
  blocks: ReadonlyMap<string, (value: string, at: Spot) => Block | Wrong>
}

/** Reads the value and hands it on when it is right. */
const taking =
  <T>(read: (value: string) => Read<T>, take: (value: T, line: number) => void): Taker =>
  (value, { line }) => {
    const result = read(value)
    if (result instanceof Wrong) return result
    take(result, line)
    return undefined
  }

/** Of what answers with words alone. */
const checked =
  (check: (value: string) => unknown) =>
  (value: string): Read<string> => {
    const result = check(value)
    return typeof result === 'string' ? new Wrong(result) : value
  }

const notHere = (directive: string): Wrong =>
  new Wrong(`holds what looks like a password; write ${directive} in a line of its own`)

const none: ReadonlyMap<string, never> = new Map<string, never>()

const secret =
  (draft: Draft, key: () => string): Taker =>
  (value) => {
    if (value === '') return new Wrong('is empty; put the password behind it')
    if (value !== keptPassword) draft.secrets.set(key(), value)
    return undefined
  }

type Placed = { line?: number | undefined }
const byKey = new WeakMap<readonly Placed[], Map<string, Placed>>()

/** The entry of this list that was put in by the same key before; a text may have a hundred thousand of them. */
function before<T extends Placed>(list: T[], key: string, made: T): T | undefined {
  const known: Map<string, Placed> = byKey.get(list) ?? new Map<string, Placed>()
  byKey.set(list, known)
  const first = known.get(key)
  if (first === undefined) known.set(key, made)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- by its list
  return first as T | undefined
}

/**
 * A second block of one name goes on with the entry of the first: neither is lost, and where they say different things the
 * later directive holds. What PowerMTA does then is written nowhere in public, so a person is told of it.
 */
function entryOf<T extends Placed>(draft: Draft, list: T[], made: T, label: string, at: Spot): T {
  const first = before(list, label, made)
  if (first === undefined) list.push(made)
  else draft.again?.(label, at, first.line)
  return first ?? made
}

function userBlock(draft: Draft, name: string, at: Spot): Block | Wrong {
  if (name === '' || /\s/.test(name)) return new Wrong('is no name of a user; write it as <smtp-user foo>')
  const made: RelayUser = { name, method: 'password', line: at.line }
  const label = `smtp-user ${name}`
  const user = entryOf(draft, draft.policy.users, made, label, at)
  return {
    name: 'smtp-user',
    label,
    opened: at,
    directives: new Map<string, Taker>([
      ['password', secret(draft, () => `user ${name}`)],
      ['authentication-method', taking(readMethod, (value) => (user.method = value))],
      ['default-virtual-mta', taking(readName, (value) => (user.virtualMta = value))],
    ]),
    blocks: none,
  }
}

/** Two of one network stay two entries, of which the later speaks first. */
function sourceBlock({ policy, again }: Draft, match: string, at: Spot): Block | Wrong {
  const network = readNetwork(match)
  if (typeof network === 'string') return new Wrong(network)
  const source: RelaySource = { match, line: at.line }
  const first = before(policy.sources, match, source)
  if (first !== undefined) again?.(`source ${match}`, at, first.line)
  policy.sources.push(source)
  const flags = Object.entries(sourceDirectives).map(([key, name]): [string, Taker] => [
    name,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant
    taking(readFlag, (value) => (source[key as SourceDirective] = value)),
  ])
  return {
    name: 'source',
    label: `source ${match}`,
    opened: at,
    directives: new Map([
      ...flags,
      ['default-virtual-mta', taking(readName, (value) => (source.virtualMta = value))],
    ]),
    blocks: none,
  }
}

function smarthostTakers(draft: Draft, domain: DomainPolicy): [string, Taker][] {
  const modes = ['plain', 'starttls', 'implicit'] as const
  const given = (value: string): Read<NonNullable<DomainPolicy['smarthost']>> => {
    const [place = '', mode = 'starttls', ...more] = words(value)
    const read = readHostPort(place, smarthostPort(mode))
    // smarthost-password with a blank for its dash would be a host, and its value the name of that host.
    if (read instanceof Wrong || quotable(place) !== place) return read instanceof Wrong ? read : notHere('smarthost-password')
    const tls = modes.find((one) => one === mode)
    if (more.length > 0 || tls === undefined) return new Wrong(`has more behind its host than one of ${modes.join(', ')}`)
    return { ...read, tls }
  } // prettier-ignore
  const later = new Wrong('stands before the smarthost it belongs to; write smarthost HOST:PORT first')
  return [
    ['smarthost', taking(given, (value) => (domain.smarthost = value))],
    [
      'smarthost-user',
      (value) => {
        if (domain.smarthost === undefined) return later
        if (value === '') return new Wrong('is empty; put the user name behind it')
        if (holdsSecret(value)) return notHere('smarthost-password')
        domain.smarthost.user = value
        return undefined
      },
    ],
    [
      'smarthost-password',
      (value, at) => {
        const user = domain.smarthost?.user
        if (user === undefined) return new Wrong('stands before smarthost-user, by whose name it is kept')
        const known = draft.secrets.get(`smarthost ${user}`)
        // One of the two servers would be told the password of the other.
        if (known !== undefined && value !== keptPassword && value !== known)
          return new Wrong(
            `is another one than before for ${user.slice(0, 100)}: a name of a smarthost's user has one password`,
          )
        return secret(draft, () => `smarthost ${user}`)(value, at)
      },
    ],
  ]
}

function domainBlock(draft: Draft, domains: DomainPolicy[], name: string, at: Spot, mta?: string): Block | Wrong {
  const read = readDomain(name, true)
  if (read instanceof Wrong) return read
  const label = domainLabel(read, mta)
  const made: DomainPolicy = { domain: read, line: at.line }
  const domain = entryOf(draft, domains, made, label, at)
  return {
    name: 'domain',
    label,
    opened: at,
    directives: new Map<string, Taker>([
      ['use-starttls', taking(readFlag, (value) => (domain.useStarttls = value))],
      ['require-starttls', taking(readFlag, (value) => (domain.requireStarttls = value))],
      ['retry-after', taking(readWaits, (value) => (domain.retryAfter = value))],
      ['bounce-after', taking(readWait, (value) => (domain.bounceAfter = value))],
      ['max-smtp-out', taking((value) => readCount(value, 1000), (value) => (domain.maxConnections = value))],
      ['max-msg-rate', taking(readRate, (value) => (domain.maxRate = value))],
      ['smtp-ca', taking(readPath, (path, line) => (domain.ca = { path, line }))],
      ...smarthostTakers(draft, domain),
    ]),
    blocks: none,
  }
} // prettier-ignore

const sourceHost = (hosts: SourceHost[]): [string, Taker] => [
  'smtp-source-host',
  taking(readSourceHost, (value, line) => hosts.push({ ...value, line })),
]

function virtualMtaBlock(draft: Draft, name: string, at: Spot): Block | Wrong {
  const read = readName(name)
  if (read instanceof Wrong) return read
  const made: VirtualMta = { name, sourceHosts: [], domains: [], line: at.line }
  const label = `virtual-mta ${name}`
  const mta = entryOf(draft, draft.policy.virtualMtas, made, label, at)
  return {
    name: 'virtual-mta',
    label,
    opened: at,
    directives: new Map([sourceHost(mta.sourceHosts)]),
    blocks: new Map([['domain', (value, spot) => domainBlock(draft, mta.domains, value, spot, name)]]),
  }
}

/** What may stand outside every block. */
export function topBlock(draft: Draft): Block {
  const { policy } = draft
  return {
    name: '',
    label: '',
    opened: { line: 1, column: 1 },
    directives: new Map<string, Taker>([
      ['smtp-listener', taking(readListener, (value, line) => policy.listeners.push({ ...value, line }))],
      ['relay-domain', taking((value) => readDomain(value, true), (domain, line) => policy.relayDomains.push({ domain, line }))],
      ['relay-address', taking(checked(readPattern), (pattern, line) => policy.relayAddresses.push({ pattern, line }))],
      ['smtp-server-tls-certificate', taking(readPath, (value, line) => (policy.certificate = { path: value, line }))],
      ['virtual-mta-rule', taking(readRule, (value, line) => policy.virtualMtaRules.push({ ...value, line }))],
      sourceHost(policy.sourceHosts),
    ]),
    blocks: new Map<string, (value: string, at: Spot) => Block | Wrong>([
      ['smtp-user', (value, at) => userBlock(draft, value, at)],
      ['source', (value, at) => sourceBlock(draft, value, at)],
      ['domain', (value, at) => domainBlock(draft, policy.domains, value, at)],
      ['virtual-mta', (value, at) => virtualMtaBlock(draft, value, at)],
    ]),
  }
} // prettier-ignore

/** Values with which each block can be read when its own is wrong. */
const anyValue: Record<string, string> = {
  'smtp-user': 'nobody',
  source: '0/0',
  domain: '*',
  'virtual-mta': 'none',
}

/** A block of this name that changes nothing but a policy that is thrown away: to find what is wrong inside. */
export function standIn(name: string, at: Spot): Block {
  const block = topBlock({ policy: emptyPolicy(), secrets: new Map() }).blocks.get(name)?.(
    anyValue[name] ?? '',
    at,
  )
  if (block === undefined || block instanceof Wrong) throw new Error(`<${name}> is no block of the top`)
  return block
}

/** Names that a block knows, by the block's; '' is the top. */
export const knownNames: ReadonlyMap<string, { directives: readonly string[]; blocks: readonly string[] }> = new Map(
  ['', ...Object.keys(anyValue)].map((name) => {
    const start = { line: 1, column: 1 }
    const block = name === '' ? topBlock({ policy: emptyPolicy(), secrets: new Map() }) : standIn(name, start)
    return [name, { directives: [...block.directives.keys()], blocks: [...block.blocks.keys()] }]
  }),
) // prettier-ignore
