/** Owns: what differs between the TLS of two results: whether there is any, what was agreed on, the certificate, the scan. */
import type { TlsRow } from '../rpc/contract/probeReport.ts'
import { isOldVersion, tlsVersions } from '../tls/versions.ts'
import { changed, setTone, toneOf } from './change.ts'
import type { Change } from './types.ts'

export function tlsChanges(before: TlsRow | undefined, after: TlsRow | undefined): Change[] {
  if (!before || !after)
    return changed('TLS', before?.version ?? 'none', after?.version ?? 'none', toneOf(Number(!!before), Number(!!after))) // prettier-ignore
  return [
    ...changed('TLS version', before.version, after.version, toneOf(rank(before.version), rank(after.version))), // prettier-ignore
    ...changed('cipher suite', before.cipher, after.cipher),
    ...(before.group && after.group ? changed('key exchange', before.group, after.group) : []),
    ...verification(before, after),
    ...certificate(before, after),
    ...scanned(before, after),
  ]
}

const rank = (version: string): number => tlsVersions.findIndex((known) => known === version)

const verified = ({ verified: holds, problem }: TlsRow): string =>
  holds ? 'holds' : `does not hold${problem === undefined ? '' : `: ${problem}`}`

const verification = (before: TlsRow, after: TlsRow): Change[] =>
  changed('certificate check', verified(before), verified(after), toneOf(Number(before.verified), Number(after.verified))) // prettier-ignore

/** A renewal: another certificate, be it for the same name. */
function certificate({ certificate: before }: TlsRow, { certificate: after }: TlsRow): Change[] {
  if (!before || !after || before.fingerprint256 === after.fingerprint256) return []
  const words = ({ subject, issuer, validTo, fingerprint256 }: typeof before): string =>
    `${subject.slice(0, 80)}, from ${issuer.slice(0, 80)}, until ${validTo}, SHA-256 ${fingerprint256.slice(0, 23)}…`
  return changed('certificate', words(before), words(after))
}

/** Only two scans that came to their end can be held against each other. */
function scanned(before: TlsRow, after: TlsRow): Change[] {
  if (!isWhole(before) || !isWhole(after)) return []
  return [...versions(before, after), ...suites(before, after)]
}

const isWhole = ({ scan }: TlsRow): boolean =>
  scan !== undefined && !scan.doubtful && scan.stopped === undefined

function versions(before: TlsRow, after: TlsRow): Change[] {
  const tone = setTone(acceptedBy(before), acceptedBy(after), (version) =>
    tlsVersions.some((known) => known === version && isOldVersion(known)) ? -1 : 1,
  )
  const words = (row: TlsRow): string => acceptedBy(row).toSorted().join(', ') || 'none'
  return changed('TLS versions accepted', words(before), words(after), tone)
}

/** Those that only the one run saw; order among the rest is the server's affair. */
function suites(before: TlsRow, after: TlsRow): Change[] {
  const [ours, theirs] = [suiteNames(before), suiteNames(after)]
  const weak = (name: string): number => ((ours.get(name) ?? theirs.get(name)) ? -1 : 0)
  const tone = setTone(ours.keys(), theirs.keys(), weak)
  return changed('cipher suites accepted', only(ours, theirs), only(theirs, ours), tone)
}

/** Each with its version, and whether it is weak. */
const suiteNames = ({ ciphers }: TlsRow): Map<string, boolean> =>
  new Map(ciphers.map(({ version, name, weakness }) => [`${version} ${name}`, weakness !== undefined]))

const acceptedBy = (row: TlsRow): string[] =>
  row.versions.flatMap(({ version, accepted: yes }) => (yes ? [version] : []))

const only = (a: ReadonlyMap<string, boolean>, b: ReadonlyMap<string, boolean>): string =>
  [...a.keys()].filter((name) => !b.has(name)).toSorted().join(', ') || 'no other' // prettier-ignore
