/** Owns: how two handshakes differ: whether they succeeded and were verified, version, cipher, group, and the certificate. */
import type { Certificate, EventOf } from '../event.ts'
import { differ } from './difference.ts'
import type { Difference } from './types.ts'

const verifiedWords = ({ verified, problem }: EventOf<'tls'>): string => {
  if (verified === undefined) return 'not checked'
  return verified ? 'verified' : `not verified${problem ? `: ${problem.message}` : ''}`
}

/** A server's side checks no certificate: that the one was checked and the other not is where they were recorded. */
const comparable = (left: EventOf<'tls'>, right: EventOf<'tls'>) =>
  left.verified !== undefined && right.verified !== undefined

const names = (certificate: Certificate) => certificate.names.slice(0, 20).join(', ')

/** The leaf's fields. Two certificates always differ in serial and fingerprint. */
function compareCertificates(left: Certificate | undefined, right: Certificate | undefined): Difference[] {
  if (!left || !right || left.fingerprint256 === right.fingerprint256) return []
  return [
    ...differ('certificate', 'note', 'subject', left.subject, right.subject),
    ...differ('certificate', 'note', 'names', names(left), names(right)),
    ...differ('certificate', 'note', 'issuer', left.issuer, right.issuer),
    ...differ('certificate', 'note', 'valid from', left.validFrom, right.validFrom),
    ...differ('certificate', 'note', 'valid to', left.validTo, right.validTo),
    ...differ('certificate', 'note', 'key', left.key, right.key),
    ...differ('certificate', 'expected', 'serial', left.serial, right.serial),
    ...differ('certificate', 'expected', 'fingerprint', left.fingerprint256, right.fingerprint256),
  ]
}

const outcome = ({ outcome: came, fault }: EventOf<'tls'>): string =>
  came === 'failed' && fault ? `failed: ${fault.message}` : came

export function compareTls(left: EventOf<'tls'>, right: EventOf<'tls'>): Difference[] {
  if (left.outcome !== right.outcome || left.outcome === 'failed') {
    const weight = left.outcome === right.outcome ? 'matters' : 'fate'
    return differ('tls', weight, 'handshake', outcome(left), outcome(right))
  }
  const chains: [Certificate[], Certificate[]] = [left.chain ?? [], right.chain ?? []]
  const verified = comparable(left, right) ? 'matters' : 'expected'
  return [
    ...differ('tls', 'matters', 'version', left.version, right.version),
    ...differ('tls', verified, 'certificate', verifiedWords(left), verifiedWords(right)),
    ...differ('tls', 'note', 'cipher', left.cipher, right.cipher),
    ...(left.group && right.group ? differ('tls', 'note', 'group', left.group, right.group) : []),
    ...differ('tls', 'note', 'ALPN', left.alpn ?? 'none', right.alpn ?? 'none'),
    ...differ('tls', 'expected', 'name asked for', left.sni ?? 'none', right.sni ?? 'none'),
    ...differ('tls', 'expected', 'resumed', String(left.resumed ?? false), String(right.resumed ?? false)),
    ...compareCertificates(chains[0][0], chains[1][0]),
  ]
}
