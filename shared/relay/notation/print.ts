/**
 * Owns: writing a policy as text that reads back as the same policy. Passwords are masked: who reads the text in again keeps
 * those that are saved. Unknown directives stand again in the block they came from.
 */
import type { DomainPolicy, RelayPolicy, RelaySource, RelayUser, SourceHost, VirtualMta } from '../policy.ts'
import { sourceDirectives } from '../sources.ts'
import { domainLabel } from '../policy.ts'
import { keptPassword } from './blocks.ts'
import { printRate, printWait } from './values.ts'

type Lines = string[]

const indented = (lines: Lines): Lines => lines.flatMap((line) => line.split('\n').map((one) => `  ${one}`))

/** A value that would be read otherwise is put into quotes. */
const written = (value: string): string =>
  /(?:^|\s)#|^\s|\s$/.test(value) || (value.startsWith('"') && value.endsWith('"')) ? `"${value}"` : value

class Printer {
  readonly #unknown: Map<string, Lines>

  constructor({ unknown }: RelayPolicy) {
    const grouped = Map.groupBy(unknown, ({ within = '' }) => within)
    this.#unknown = new Map([...grouped].map(([within, texts]) => [within, texts.map(({ text }) => text)]))
  }

  /** Once for each place: two blocks of one name share what was unknown in them. */
  unknown(within: string): Lines {
    const lines = this.#unknown.get(within) ?? []
    this.#unknown.delete(within)
    return lines
  }

  block(name: string, value: string, lines: Lines, label = `${name} ${value}`): Lines {
    const inside = [...lines, ...this.unknown(label)]
    return [`<${name} ${value}>`, ...indented(inside), `</${name}>`]
  }

  /** What stood in blocks that are gone: said as a comment rather than lost. */
  left(): Lines {
    return [...this.#unknown].flatMap(([within, lines]) => [
      `# in ${within}, which is not there any more:`,
      ...lines.flatMap((line) => line.split('\n').map((one) => `#   ${one}`)),
    ])
  }
}

const given = (name: string, value: string | number | boolean | undefined): Lines =>
  value === undefined ? [] : [`${name} ${value}`]

const sourceHosts = (hosts: readonly SourceHost[]): Lines =>
  hosts.map(({ address, name }) => `smtp-source-host ${address} ${name}`)

const user = (to: Printer, { name, method, virtualMta }: RelayUser): Lines =>
  to.block('smtp-user', name, [
    ...(method === 'password' ? [`password ${keptPassword}`] : []),
    `authentication-method ${method}`,
    ...given('default-virtual-mta', virtualMta),
  ])

function source(to: Printer, entry: RelaySource): Lines {
  const flags = Object.entries(sourceDirectives).flatMap(([key, name]) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant
    given(name, entry[key as keyof typeof sourceDirectives]),
  )
  return to.block('source', entry.match, [...flags, ...given('default-virtual-mta', entry.virtualMta)])
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)

function domain(to: Printer, entry: DomainPolicy, mta?: string): Lines {
  const { smarthost, retryAfter, bounceAfter, maxRate } = entry
  return to.block(
    'domain',
    entry.domain,
    [
      ...given('use-starttls', entry.useStarttls),
      ...given('require-starttls', entry.requireStarttls),
      ...given('retry-after', retryAfter?.map(printWait).join(',')),
      ...given('bounce-after', bounceAfter === undefined ? undefined : printWait(bounceAfter)),
      ...given('max-smtp-out', entry.maxConnections),
      ...given('max-msg-rate', maxRate === undefined ? undefined : printRate(maxRate)),
      ...given('smtp-ca', entry.ca && written(entry.ca.path)),
      ...given('smarthost', smarthost && `${bracketed(smarthost.host)}:${smarthost.port} ${smarthost.tls}`),
      ...(smarthost?.user === undefined
        ? []
        : [`smarthost-user ${written(smarthost.user)}`, `smarthost-password ${keptPassword}`]),
    ],
    domainLabel(entry.domain, mta),
  )
}

const virtualMta = (to: Printer, { name, sourceHosts: hosts, domains }: VirtualMta): Lines =>
  to.block('virtual-mta', name, [
    ...sourceHosts(hosts),
    ...domains.flatMap((entry) => domain(to, entry, name)),
  ])

/** Ends with a line end, unless the policy is empty. */
export function printNotation(policy: RelayPolicy): string {
  const to = new Printer(policy)
  const listeners = policy.listeners.map(
    ({ address, port, tls = 'starttls' }) =>
      `smtp-listener ${address === undefined ? '0/0' : bracketed(address)}:${port}${tls === 'starttls' ? '' : ` tls=${tls}`}`,
  )
  const rules = policy.virtualMtaRules.map(({ of, field, pattern, virtualMta: name }) =>
    ['virtual-mta-rule', of, ...(field === undefined ? [] : [field]), pattern, name].join(' '),
  )
  const parts: Lines[] = [
    listeners,
    ...policy.users.map((entry) => user(to, entry)),
    ...policy.sources.map((entry) => source(to, entry)),
    policy.relayDomains.map((entry) => `relay-domain ${entry.domain}`),
    policy.relayAddresses.map(({ pattern }) => `relay-address ${written(pattern)}`),
    given('smtp-server-tls-certificate', policy.certificate && written(policy.certificate.path)),
    sourceHosts(policy.sourceHosts),
    ...policy.domains.map((entry) => domain(to, entry)),
    ...policy.virtualMtas.map((entry) => virtualMta(to, entry)),
    rules,
    to.unknown(''),
  ]
  const text = [...parts, to.left()]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
  return text.join('\n')
}
