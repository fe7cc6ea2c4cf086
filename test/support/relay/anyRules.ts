/** Owns: random rules of a relay, as texts that a person could have written, and random changes of them. */
import { integer, type GeneratorValue } from 'fast-check'
import { emptyPolicy, type DomainPolicy, type RelayPolicy } from '#shared/relay/policy.ts'

type Pick = <T>(...of: T[]) => T
const picker =
  (g: GeneratorValue): Pick =>
  (...of) =>
    of[g(integer, { min: 0, max: of.length - 1 })]!
const some = (g: GeneratorValue, max: number): number => g(integer, { min: 0, max })
const listOf = <T>(g: GeneratorValue, max: number, make: () => T): T[] =>
  Array.from({ length: some(g, max) }, make)
const byName = <T>(list: readonly T[], name: (one: T) => string): T[] => [
  ...new Map(list.map((one) => [name(one), one])).values(),
]

function anyDomain(pick: Pick): DomainPolicy {
  const [ca, waits, host, user] = [
    pick(undefined, 'ca.pem', 'a #b'),
    pick(undefined, [60_000], [1000, 7_200_000]),
    pick(undefined, 'hub.example', '::1'),
    pick(undefined, 'me', 'a # b'),
  ]
  return {
    domain: pick('*', 'a.example', 'b.example', '*.c.example'),
    ...(pick(true, false) ? { useStarttls: pick(true, false) } : {}),
    ...(waits ? { retryAfter: waits } : {}),
    ...(pick(true, false) ? { maxRate: { messages: 7, per: 60_000 } } : {}),
    ...(ca === undefined ? {} : { ca: { path: ca } }),
    ...(host === undefined
      ? {}
      : {
          smarthost: {
            host,
            port: 587,
            tls: pick('plain', 'starttls'),
            ...(user === undefined ? {} : { user }),
          },
        }),
  }
}
const anyDomains = (g: GeneratorValue) =>
  byName(
    listOf(g, 3, () => anyDomain(picker(g))),
    ({ domain }) => domain,
  )
const pattern = (pick: Pick) => pick('/a #b/', 'x@a.example', '"a b"@x.example', '/"  "/', '/y/')

/** One that a text can say. */
export function anyPolicy(g: GeneratorValue): RelayPolicy {
  const pick = picker(g)
  return {
    ...emptyPolicy(),
    listeners: listOf(g, 2, () => ({
      port: pick(25, 587),
      ...(pick(true, false) ? { tls: 'implicit' as const } : {}),
    })),
    users: byName(
      listOf(g, 3, () => ({ name: pick('foo', '#b', 'x@y'), method: pick('password', 'system') })),
      ({ name }) => name,
    ),
    // Of two of one network what is unknown cannot be told apart: such a text may be written anew.
    sources: byName(
      listOf(g, 3, () => ({
        match: pick('0/0', '10/8', '::1'),
        ...(pick(true, false) ? { requireAuth: pick(true, false) } : {}),
      })),
      ({ match }) => match,
    ),
    relayDomains: listOf(g, 5, () => ({ domain: pick('a.example', 'b.example', 'c.example', 'd.example') })),
    relayAddresses: listOf(g, 3, () => ({ pattern: pattern(pick) })),
    ...(pick(true, false) ? { certificate: { path: pick('/a b.pem', '/c.pem') } } : {}),
    sourceHosts: listOf(g, 2, () => ({ address: pick('192.0.2.1', '::1'), name: 'h.example' })),
    domains: anyDomains(g),
    virtualMtas: byName(
      listOf(g, 3, () => ({
        name: pick('m1', 'm2', 'm3'),
        sourceHosts: listOf(g, 2, () => ({ address: '192.0.2.1', name: pick('a.example', 'b.example') })),
        domains: anyDomains(g),
      })),
      ({ name }) => name,
    ),
    virtualMtaRules: listOf(g, 3, () => ({
      of: 'header' as const,
      field: pick('Subject', 'X-Job'),
      pattern: pattern(pick),
      virtualMta: 'm1',
    })),
  }
}

/** The text as a person may have written it. */
export function embellished(g: GeneratorValue, text: string): string {
  const [pick, fresh] = [picker(g), { count: 0 }]
  const odd = () => `odd-${fresh.count++} ${pick('1', 'a b', '"c # d"')}`
  const extra = () =>
    pick(
      [],
      [],
      [],
      [],
      [`# note ${fresh.count++}`],
      [`   # note ${fresh.count++}`],
      [''],
      [odd()],
      ['<thing x>', '  inner 1', '</thing>'],
    )
  const lines = text
    .split('\n')
    .filter((line) => line !== '' || pick(true, false))
    .flatMap((line) => {
      const tail = line !== '' && pick(true, false, false) ? `  # behind ${fresh.count++}` : ''
      return [...extra(), `${pick('', '\t', '  ')}${line}${tail}`]
    })
  // A block of the same name goes on with the first.
  const again = pick(
    '',
    '',
    '<domain A.example>\n  odd-x 1\n  retry-after 3m # twice\n</domain>\n',
    '<virtual-mta m1>\n<domain *>\nuse-starttls no\n</domain>\n</virtual-mta>\n',
  )
  return `${lines.join('\n')}\n${again}${pick('# the end', '# the end\n', '')}`
}

const keyOf: Record<string, string> = {
  users: 'name',
  sources: 'match',
  domains: 'domain',
  virtualMtas: 'name',
}

function mixed<T extends object>(
  g: GeneratorValue,
  own: readonly T[],
  other: readonly T[],
  key: string | undefined,
): T[] {
  const pick = picker(g)
  const list = own.flatMap((one) => {
    const what = pick('keep', 'keep', 'keep', 'drop', 'change')
    if (what === 'drop') return []
    // Another entry in its line, as a form leaves it.
    const from = other[0]
    return what === 'change' && from !== undefined
      ? [{ ...from, ...('line' in one ? { line: one.line } : {}) }]
      : [one]
  })
  for (const one of other.slice(0, pick(0, 0, 1, 2))) list.splice(some(g, list.length), 0, one)
  const [from, to] = [some(g, 5), some(g, 5)]
  if (pick(true, false, false) && from < list.length) list.splice(to, 0, ...list.splice(from, 1))
  if (key === undefined) return list
  return [...new Map(list.map((one) => [String(Reflect.get(one, key)), one])).values()]
}

/** Some of its entries dropped, changed in their line, moved, or more of them, as forms do it. */
export function changed(g: GeneratorValue, own: RelayPolicy): RelayPolicy {
  const [other, pick] = [anyPolicy(g), picker(g)]
  const mix = <
    K extends
      | 'listeners'
      | 'users'
      | 'sources'
      | 'relayDomains'
      | 'relayAddresses'
      | 'sourceHosts'
      | 'domains'
      | 'virtualMtas'
      | 'virtualMtaRules',
  >(
    list: K,
  ): RelayPolicy[K] =>
    (pick(true, false)
      ? own[list]
      : mixed<RelayPolicy[K][number]>(g, own[list], other[list], keyOf[list])) as RelayPolicy[K]
  const { certificate, ...rest } = own
  const file = pick(certificate, other.certificate)
  return {
    ...rest,
    ...(file === undefined ? {} : { certificate: file }),
    listeners: mix('listeners'),
    users: mix('users'),
    sources: mix('sources'),
    relayDomains: mix('relayDomains'),
    relayAddresses: mix('relayAddresses'),
    sourceHosts: mix('sourceHosts'),
    domains: mix('domains'),
    virtualMtas: mix('virtualMtas').map((mta) =>
      pick(true, false) ? mta : { ...mta, domains: mixed(g, mta.domains, anyDomains(g), 'domain') },
    ),
    virtualMtaRules: mix('virtualMtaRules'),
    unknown: pick(true, true, false) ? own.unknown : own.unknown.filter(() => pick(true, false)),
  }
}
