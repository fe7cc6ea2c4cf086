/** Owns: what a probe says of one port's TLS: what this computer agreed on, and what a scan enumerated. */
import { cipherSuiteName, cipherSuites, weaknessOf } from '#shared/tls/cipherSuites.ts'
import { groupName } from '#shared/tls/groups.ts'
import { tlsVersions, type TlsVersion } from '#shared/tls/versions.ts'
import type { TlsRow } from '#shared/rpc/contract/probeReport.ts'
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { reachWords, type Scanned } from './scanCell.ts'

type Agreed = Pick<TlsRow, 'version' | 'cipher' | 'group' | 'verified' | 'problem' | 'certificate'>

/** Undefined when neither a handshake was made nor a scan found anything. */
export function tlsRow(events: readonly TranscriptEvent[], scanned?: Scanned): TlsRow | undefined {
  const event = events.findLast((one) => one.kind === 'tls' && one.version !== undefined)
  const agreed = event?.kind === 'tls' ? agreedOn(event) : undefined
  if (!scanned) return agreed && { ...agreed, ...ownView(agreed) }
  const base = agreed ?? {
    version: 'none',
    cipher: 'none',
    verified: false,
    problem: 'This computer’s TLS agreed on nothing with the server.',
  }
  return { ...base, ...scanView(scanned) }
}

function agreedOn(event: EventOf<'tls'>): Agreed {
  const [own] = event.chain ?? []
  const verified = event.verified === true
  return {
    version: event.version ?? 'unknown',
    cipher: event.cipher ?? 'unknown',
    ...(event.group === undefined ? {} : { group: event.group }),
    verified,
    ...(event.problem ? { problem: `${event.problem.message} (${event.problem.code})` } : {}),
    ...(own ? { certificate: { ...own, verified, chain: event.chain ?? [] } } : {}),
  }
}

const ownView = ({ version, cipher }: Agreed): Pick<TlsRow, 'seenBy' | 'versions' | 'ciphers'> => ({
  seenBy: 'this-computer',
  versions: [{ version, accepted: true }],
  ciphers: [{ version, name: cipher }],
})

/** Newest version first, as a person reads it. */
function scanView({
  session,
  scan,
  known,
}: Scanned): Pick<TlsRow, 'seenBy' | 'versions' | 'ciphers' | 'scan'> {
  const { facts, connections, took, limited, stopped } = scan
  const newestFirst = known.toSorted(
    (a, b) => tlsVersions.indexOf(b.version) - tlsVersions.indexOf(a.version),
  )
  return {
    seenBy: 'scan',
    versions: newestFirst.map(({ version, suites, order, refusal }) => ({
      version,
      accepted: suites.length > 0,
      ...(suites.length > 0 ? { order } : {}),
      ...(refusal === undefined ? {} : { refusal }),
    })),
    ciphers: newestFirst.flatMap(({ version, suites }) => suites.map((number) => cipherRow(version, number))),
    scan: {
      session,
      connections,
      took,
      groups: facts.groups.map(({ version, groups }) => ({ version, names: groups.map(groupName) })),
      withoutName: facts.withoutName,
      ...(facts.primeBits === undefined ? {} : { primeBits: facts.primeBits }),
      ...(facts.secureRenegotiation === undefined ? {} : { secureRenegotiation: facts.secureRenegotiation }),
      compression: facts.compression,
      asksCertificate: facts.asksCertificate,
      doubtful: facts.doubtful,
      ...(limited ? { limited: reachWords(limited) } : {}),
      ...(stopped ? { stopped: reachWords(stopped) } : {}),
    },
  }
}

function cipherRow(version: TlsVersion, number: number): TlsRow['ciphers'][number] {
  const suite = cipherSuites.get(number)
  const weakness = suite && weaknessOf(suite)
  return { version, name: cipherSuiteName(number), ...(weakness ? { weakness } : {}) }
}
