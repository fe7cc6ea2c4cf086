/** Owns: which TLS versions a server takes, as marks of a row: accepted, refused, out of use, or never asked for. */
import { isRefused } from '#shared/probe/versionAnswers.ts'
import type { TlsRow } from '#shared/rpc/contract/probeReport.ts'
import { isOldVersion, tlsVersions, versionWords, type TlsVersion } from '#shared/tls/versions.ts'

export interface VersionMark {
  /** As "1.2", or "SSL 3". */
  short: string
  /** `old`: accepted, although it must not be used any more (RFC 8996). `doubtful`: asked for, without a clear answer. */
  state: 'accepted' | 'old' | 'refused' | 'not-asked' | 'doubtful'
  /** As "TLS 1.2 accepted". */
  words: string
}

const said: Record<VersionMark['state'], string> = {
  accepted: 'accepted',
  old: 'accepted, although it is out of use',
  refused: 'refused',
  'not-asked': 'not asked',
  doubtful: 'no clear answer',
}

const shortOf = (version: TlsVersion): string =>
  version === 'SSLv3' ? 'SSL 3' : versionWords(version).replace('TLS ', '')

function stateOf(version: TlsVersion, tls: Pick<TlsRow, 'versions' | 'seenBy'>): VersionMark['state'] {
  const row = tls.versions.find((one) => one.version === version)
  if (!row) return tls.seenBy === 'scan' ? 'doubtful' : 'not-asked'
  if (!row.accepted) return isRefused(row, tls.versions) ? 'refused' : 'doubtful'
  return isOldVersion(version) ? 'old' : 'accepted'
}

/** Oldest first. SSL 3.0 stands there only where a server still takes it: nobody expects to see it. */
export function versionMarks(tls: Pick<TlsRow, 'versions' | 'seenBy'>): VersionMark[] {
  return tlsVersions
    .map((version) => {
      const state = stateOf(version, tls)
      return { version, short: shortOf(version), state, words: `${versionWords(version)} ${said[state]}` }
    })
    .filter(({ version, state }) => version !== 'SSLv3' || state === 'old')
    .map(({ short, state, words }) => ({ short, state, words }))
}
