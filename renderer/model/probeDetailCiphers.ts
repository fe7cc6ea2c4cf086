/** Owns: the cipher suites and groups of each accepted version, with who decides and what is weak. */
import type { TlsRow } from '#shared/rpc/contract/probeReport.ts'
import { isOldVersion, tlsVersions, type TlsVersion, versionWords } from '#shared/tls/versions.ts'
import { countWords } from './measures.ts'
import { tlsName } from './tls.ts'

type Suite = TlsRow['ciphers'][number]

export interface VersionSuites {
  version: string
  /** As "TLS 1.2". */
  name: string
  old: boolean
  /** Who decides among the suites; '' where nobody asked. */
  order: string
  /** The place in the list tells the server's wish. */
  ordered: boolean
  suites: Suite[]
  groups: readonly string[]
}

const orders = {
  server: 'the server decides, in this order',
  client: 'the client decides',
  mixed: 'the server decides among some of them',
  one: 'nothing to choose from',
} as const

const known = (version: string): version is TlsVersion => tlsVersions.some((one) => one === version)

export const versionName = (version: string): string =>
  known(version) ? versionWords(version) : tlsName(version)

/** Newest first, as the report has them. */
export function versionSuites(tls: TlsRow): VersionSuites[] {
  return tls.versions
    .filter(({ accepted }) => accepted)
    .map(({ version, order }) => ({
      version,
      name: versionName(version),
      old: known(version) && isOldVersion(version),
      order: order ? orders[order] : '',
      ordered: order === 'server',
      suites: tls.ciphers.filter((suite) => suite.version === version),
      groups: tls.scan?.groups.find((row) => row.version === version)?.names ?? [],
    }))
}

const silences: ReadonlyMap<string, string> = new Map([
  ['closed', 'by closing the connection'],
  ['reset', 'by resetting the connection'],
  ['silent', 'by silence'],
])

const howRefused = (refusal: string | undefined): string =>
  refusal === undefined
    ? ''
    : (silences.get(refusal) ?? `with ${refusal.startsWith('alert') ? 'the ' : ''}${refusal}`)

/** As "TLS 1.0, TLS 1.1 with the alert protocol_version": versions refused alike stand together. */
export function refusedVersions(tls: TlsRow): string[] {
  const alike = Map.groupBy(
    tls.versions.filter(({ accepted }) => !accepted),
    ({ refusal }) => howRefused(refusal),
  )
  return [...alike].map(([how, rows]) => {
    const names = rows
      .map(({ version }) => versionName(version))
      .toReversed()
      .join(', ')
    return how === '' ? names : `${names} ${how}`
  })
}

export interface WeakCounts {
  broken: number
  dated: number
}

export function weakCounts(suites: readonly Suite[]): WeakCounts {
  const many = (grade: 'broken' | 'dated') =>
    suites.filter(({ weakness }) => weakness?.grade === grade).length
  return { broken: many('broken'), dated: many('dated') }
}

export const suitesWords = (suites: readonly Suite[]): string => countWords(suites.length, 'suite')

export interface WeakReason {
  /** The letter that stands for it. */
  mark: string
  grade: 'broken' | 'dated'
  why: string
  reference: string
}

/** Every reason once, the broken ones first, so that a long list says each only in a letter. */
export function weakReasons(suites: readonly Suite[]): WeakReason[] {
  const all = suites.flatMap(({ weakness }) => (weakness ? [weakness] : []))
  const unique = [...new Map(all.map((one) => [one.why, one])).values()]
  return unique
    .toSorted((a, b) => Number(b.grade === 'broken') - Number(a.grade === 'broken'))
    .map((one, place) => ({ ...one, mark: String.fromCodePoint(97 + (place % 26)) }))
}
