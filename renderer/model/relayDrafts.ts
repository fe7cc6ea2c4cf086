/** Owns: an entry of the rules while it is edited: what is typed is text; what is wrong stands at its field; and the entry that it makes. */
import { printRate, printWait, readCount, readDomain, readHostPort, readRate, readWait, readWaits, smarthostPort, Wrong, type Read } from '#shared/relay/notation/values.ts' // prettier-ignore
import type { DomainPolicy, RelaySource, Smarthost, SourceHost, VirtualMta } from '#shared/relay/policy.ts'

export type Said = 'unsaid' | 'yes' | 'no'
export const said = (value: boolean | undefined): Said =>
  value === undefined ? 'unsaid' : value ? 'yes' : 'no'
export const meant = (value: Said): boolean | undefined => (value === 'unsaid' ? undefined : value === 'yes')

export type Problems = Partial<Record<string, string>>

/** A value read by the notation's own readers; what is wrong is a sentence with the value in it. */
function take<T>(problems: Problems, field: string, typed: string, read: (value: string) => Read<T>): T | undefined {
  const value = typed.trim()
  if (value === '') return undefined
  const found = read(value)
  if (!(found instanceof Wrong)) return found
  problems[field] = `“${value.slice(0, 60)}” ${found.words}.`
  return undefined
} // prettier-ignore

export type DomainTls = 'unsaid' | 'off' | 'used' | 'required'

export interface DomainDraft {
  domain: string
  tls: DomainTls
  retryAfter: string
  bounceAfter: string
  maxConnections: string
  maxRate: string
  /** `host:port`. */
  smarthost: string
  smarthostTls: Smarthost['tls']
  smarthostUser: string
  /** Path of authorities that are trusted, too. */
  ca: string
  caLine?: number | undefined
  line?: number | undefined
}

const tlsDraft = ({ useStarttls, requireStarttls }: DomainPolicy): DomainTls => {
  if (requireStarttls === true) return 'required'
  if (useStarttls === false) return 'off'
  return useStarttls === true || requireStarttls === false ? 'used' : 'unsaid'
}

const hostPort = ({ host, port }: Smarthost): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`

export const domainDraft = (entry?: DomainPolicy): DomainDraft => ({
  domain: entry?.domain ?? '',
  tls: entry ? tlsDraft(entry) : 'unsaid',
  retryAfter: entry?.retryAfter?.map(printWait).join(', ') ?? '',
  bounceAfter: entry?.bounceAfter === undefined ? '' : printWait(entry.bounceAfter),
  maxConnections: String(entry?.maxConnections ?? ''),
  maxRate: entry?.maxRate ? printRate(entry.maxRate) : '',
  smarthost: entry?.smarthost ? hostPort(entry.smarthost) : '',
  smarthostTls: entry?.smarthost?.tls ?? 'starttls',
  smarthostUser: entry?.smarthost?.user ?? '',
  ca: entry?.ca?.path ?? '',
  caLine: entry?.ca?.line,
  line: entry?.line,
})

const tlsMeant: Record<DomainTls, Pick<DomainPolicy, 'useStarttls' | 'requireStarttls'>> = {
  unsaid: {},
  off: { useStarttls: false, requireStarttls: false },
  used: { useStarttls: true, requireStarttls: false },
  required: { useStarttls: true, requireStarttls: true },
}

export function domainOf(draft: DomainDraft): { entry: DomainPolicy; problems: Problems } {
  const problems: Problems = {}
  const domain = take(problems, 'domain', draft.domain, (value) => readDomain(value, true))
  if (draft.domain.trim() === '') problems['domain'] = 'The domain is empty. Write example.com, *.example.com, or * for every other.' // prettier-ignore
  const host = take(problems, 'smarthost', draft.smarthost, (value) =>
    readHostPort(value, smarthostPort(draft.smarthostTls)),
  )
  const user = draft.smarthostUser.trim()
  const path = draft.ca.trim()
  const entry: DomainPolicy = {
    domain: domain ?? draft.domain.trim(),
    useStarttls: tlsMeant[draft.tls].useStarttls,
    requireStarttls: tlsMeant[draft.tls].requireStarttls,
    retryAfter: take(problems, 'retryAfter', draft.retryAfter, readWaits),
    bounceAfter: take(problems, 'bounceAfter', draft.bounceAfter, readWait),
    maxConnections: take(problems, 'maxConnections', draft.maxConnections, (value) => readCount(value, 1000)),
    maxRate: take(problems, 'maxRate', draft.maxRate, readRate),
    smarthost: host && { ...host, tls: draft.smarthostTls, ...(user === '' ? {} : { user }) },
    ca: path === '' ? undefined : { path, line: draft.caLine },
    line: draft.line,
  }
  return { entry, problems }
}

export interface MtaDraft {
  name: string
  /** `ADDRESS NAME`, one to a line. */
  hosts: string
  domains: DomainDraft[]
  line?: number | undefined
}

export const mtaDraft = (mta?: VirtualMta): MtaDraft => ({
  name: mta?.name ?? '',
  hosts: mta?.sourceHosts.map(({ address, name }) => `${address} ${name}`).join('\n') ?? '',
  domains: mta ? mta.domains.map((entry) => domainDraft(entry)) : [{ ...domainDraft(), domain: '*' }],
  line: mta?.line,
})

export function readHosts(text: string): Read<SourceHost[]> {
  const hosts: SourceHost[] = []
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue
    const [address = '', name, ...more] = line.split(/\s+/u)
    if (name === undefined || more.length > 0) return new Wrong('is no address with a name; write it as 192.0.2.4 mta1.example.com') // prettier-ignore
    const read = readDomain(name, false)
    if (read instanceof Wrong) return read
    hosts.push({ address, name: read })
  }
  return hosts.length > 100 ? new Wrong('has more than 100 addresses') : hosts
}

export function mtaOf(draft: MtaDraft): { entry: VirtualMta; problems: Problems } {
  const problems: Problems = {}
  const name = draft.name.trim()
  if (!/^[^\s<>#]{1,64}$/u.test(name)) problems['name'] = name === '' ? 'The name is empty. Write mta1.' : `“${name.slice(0, 60)}” is no name: up to 64 characters without spaces.` // prettier-ignore
  const sourceHosts = take(problems, 'hosts', draft.hosts, readHosts) ?? []
  const domains = draft.domains.map((one, place) => {
    const read = domainOf(one)
    for (const [field, words] of Object.entries(read.problems)) problems[`${place}.${field}`] = words
    return read.entry
  })
  return { entry: { name, sourceHosts, domains, line: draft.line }, problems }
}

export type SourceFlag = Exclude<keyof RelaySource, 'match' | 'line' | 'virtualMta'>

/** In the order of the form, in words. */
export const sourceFlags: readonly { flag: SourceFlag; label: string; hint: string }[] = [
  { flag: 'alwaysAllowRelaying', label: 'May always relay', hint: 'always-allow-relaying: nothing has to be shown' },
  { flag: 'requireAuth', label: 'Has to sign in', hint: 'require-auth: else 530' },
  { flag: 'allowStarttls', label: 'Is offered STARTTLS', hint: 'allow-starttls' },
  { flag: 'requireStarttls', label: 'Has to use STARTTLS', hint: 'require-starttls: nothing else is answered first' },
  { flag: 'requireStarttlsBeforeAuth', label: 'Signs in only when sealed', hint: 'require-starttls-before-auth (as described, not verified): no password in clear' },
  { flag: 'processVirtualMtaHeader', label: 'May name its virtual MTA', hint: 'process-x-virtual-mta: in a header field, which is taken out' },
] // prettier-ignore
