/** Owns: starting the Send form from a well-known provider, as it documents itself, with the day that was read. */
import { providers, type Provider, type ProviderPort } from '#shared/knowledge/providers.ts'
import { portChoices, type Draft } from './compose.ts'

export interface ProviderStart {
  name: string
  /** '' where the host depends on a region: then it is the user's to complete. */
  host: string
  ports: readonly ProviderPort[]
  remark: string
  checked: string
  /** Address of the page that was read. */
  source: string
  /** What else is said of that page; ''. */
  sourceNote: string
}

const startOf = ({ name, hosts, ports, remark, checked, source }: Provider): ProviderStart[] => {
  const [address = '', ...note] = source.split(' ')
  const shared = {
    ports,
    remark,
    checked,
    source: address,
    sourceNote: note.join(' ').replace(/^\(|\)$/g, ''),
  }
  return hosts.map((host) => ({ name, host, ...shared }))
}

/** One for each host that a provider documents. */
export const providerStarts = (): ProviderStart[] => providers.flatMap(startOf)

/** A host below a name: only its end is known. */
export const isOpenHost = ({ host }: Pick<ProviderStart, 'host'>): boolean => host.startsWith('.')

/** The port that is chosen first: 587 where it is listed, for it passes most networks; else the first of the list. */
const firstPort = (ports: readonly ProviderPort[]): ProviderPort | undefined =>
  ports.find(({ port }) => port === 587) ?? ports[0]

/** The form aimed at a provider; the message stays. */
export function atProvider(draft: Draft, { host, ports }: Pick<ProviderStart, 'host' | 'ports'>): Draft {
  const first = firstPort(ports)
  const choice = portChoices.find((known) => known === String(first?.port))
  return {
    ...draft,
    way: 'smtp',
    host,
    portChoice: choice ?? 'other',
    otherPort: choice || !first ? draft.otherPort : String(first.port),
    tls: first?.tls ?? 'starttls',
    tlsChosen: false,
    certificate: 'check',
    mechanism: 'auto',
  }
}

/** As "465 TLS, 587 and 2525 STARTTLS". */
export function portsWords(ports: readonly ProviderPort[]): string {
  const of = (tls: ProviderPort['tls'], name: string) => {
    const numbers = ports.filter((one) => one.tls === tls).map(({ port }) => String(port))
    return numbers.length === 0 ? [] : [`${numbers.join(', ')} ${name}`]
  }
  return [...of('starttls', 'STARTTLS'), ...of('implicit', 'TLS from the start')].join(' · ')
}
