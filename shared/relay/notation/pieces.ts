/**
 * Owns: a policy as the directives and blocks that say it, in the order in which they are written where nothing else orders
 * them. Printing lays them out; editing compares them with those that a text has. Passwords are masked.
 */
import { domainLabel, type DomainPolicy, type RelayPolicy, type RelaySource, type RelayUser, type SourceHost, type VirtualMta, type VirtualMtaRule } from '../policy.ts' // prettier-ignore
import { sourceDirectives } from '../sources.ts'
import { readRule } from './blockValues.ts'
import { keptPassword } from './conceal.ts'
import { notationLines, quoted } from './lines.ts'
import { printRate, printWait, Wrong } from './values.ts'

export interface Directive {
  name: string
  /** As it stands in a line, its quotes included. */
  value: string
}

export interface BlockPiece extends Directive {
  /** By which what is unknown in it is found. */
  label: string
  /** Where its entry stood. */
  line?: number | undefined
  inside: Piece[]
}

export type Piece = Directive | BlockPiece

/** A value that would be read otherwise, or take a comment behind it for its own, is put into quotes. */
function written(value: string): string {
  const [line] = notationLines(`x ${value} #`)
  return line?.kind === 'directive' && line.value === value ? value : quoted(value)
}

function writtenTag(value: string): string {
  const [line] = notationLines(`<x ${value}> #`)
  return line?.kind === 'open' && line.value === value ? value : quoted(value)
}

const given = (name: string, value: string | number | boolean | undefined): Directive[] =>
  value === undefined ? [] : [{ name, value: String(value) }]

const block = (name: string, value: string, line: number | undefined, inside: Piece[], label = `${name} ${value}`): BlockPiece =>
  ({ name, value: writtenTag(value), label, line, inside }) // prettier-ignore

const sourceHosts = (hosts: readonly SourceHost[]): Directive[] =>
  hosts.map(({ address, name }) => ({ name: 'smtp-source-host', value: `${address} ${name}` }))

const user = ({ name, method, virtualMta, line }: RelayUser): BlockPiece =>
  block('smtp-user', name, line, [
    ...given('password', method === 'password' ? keptPassword : undefined),
    ...given('authentication-method', method),
    ...given('default-virtual-mta', virtualMta),
  ])

function source(entry: RelaySource): BlockPiece {
  const flags = Object.entries(sourceDirectives).flatMap(([key, name]) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant
    given(name, entry[key as keyof typeof sourceDirectives]),
  )
  return block('source', entry.match, entry.line, [
    ...flags,
    ...given('default-virtual-mta', entry.virtualMta),
  ])
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)

const smarthost = (one: DomainPolicy['smarthost']): Directive[] =>
  one === undefined
    ? []
    : [
        ...given('smarthost', `${bracketed(one.host)}:${one.port} ${one.tls}`),
        ...given('smarthost-user', one.user && written(one.user)),
        ...given('smarthost-password', one.user && keptPassword),
      ]

function domain(entry: DomainPolicy, mta?: string): BlockPiece {
  const { retryAfter, bounceAfter, maxRate } = entry
  const inside = [
    ...given('use-starttls', entry.useStarttls),
    ...given('require-starttls', entry.requireStarttls),
    ...given('retry-after', retryAfter?.map(printWait).join(',')),
    ...given('bounce-after', bounceAfter && printWait(bounceAfter)),
    ...given('max-smtp-out', entry.maxConnections),
    ...given('max-msg-rate', maxRate && printRate(maxRate)),
    ...given('smtp-ca', entry.ca && written(entry.ca.path)),
    ...smarthost(entry.smarthost),
  ]
  return block('domain', entry.domain, entry.line, inside, domainLabel(entry.domain, mta))
}

const virtualMta = ({ name, sourceHosts: hosts, domains, line }: VirtualMta): BlockPiece =>
  block('virtual-mta', name, line, [...sourceHosts(hosts), ...domains.map((entry) => domain(entry, name))])

function listener({ address, port, tls = 'starttls' }: RelayPolicy['listeners'][number]): Directive {
  const place = `${address === undefined ? '0/0' : bracketed(address)}:${port}`
  return { name: 'smtp-listener', value: tls === 'starttls' ? place : `${place} tls=${tls}` }
}

function rule({ of, field, pattern, virtualMta: mta }: VirtualMtaRule): Directive {
  const name = 'virtual-mta-rule'
  const value = (shown: string) => [of, ...(field === undefined ? [] : [field]), shown, mta].join(' ')
  const [line] = notationLines(`${name} ${value(pattern)} #`)
  const read = line?.kind === 'directive' ? readRule(line.value) : undefined
  const same = read !== undefined && !(read instanceof Wrong) && read.pattern === pattern
  return { name, value: value(same ? pattern : quoted(pattern)) }
}

/** Of the whole policy, but for what is unknown. */
export const piecesOf = (policy: RelayPolicy): Piece[] => [
  ...policy.listeners.map(listener),
  ...policy.users.map(user),
  ...policy.sources.map(source),
  ...policy.relayDomains.map((entry) => ({ name: 'relay-domain', value: entry.domain })),
  ...policy.relayAddresses.map(({ pattern }) => ({ name: 'relay-address', value: written(pattern) })),
  ...given('smtp-server-tls-certificate', policy.certificate && written(policy.certificate.path)),
  ...sourceHosts(policy.sourceHosts),
  ...policy.domains.map((entry) => domain(entry)),
  ...policy.virtualMtas.map(virtualMta),
  ...policy.virtualMtaRules.map(rule),
]
