/**
 * Owns: the rule about certificates from a transcript alone. A recorded handshake names its first problem; the others
 * are read from the chain, judged at the time when the session was held, never today's.
 */
import type { EventOf } from '../../transcript/event.ts'
import { diagnoseCertificate, type CertificateProblem } from '../certificate.ts'
import { coversName } from '../certificateName.ts'
import type { Head } from '../reading/types.ts'
import type { Rule } from './types.ts'

type Tls = EventOf<'tls'>

export const certificate: Rule = ({ events, head }) =>
  events.flatMap((event) => {
    if (event.kind !== 'tls' || (event.problem === undefined && !event.chain?.length)) return []
    const now = new Date(head.startedAt)
    if (Number.isNaN(now.getTime())) return []
    const reference = event.sni ?? head.host
    const problems = problemsOf(event, reference, now)
    return diagnoseCertificate({ event, problems, reference, accepted: event.outcome === 'established', now })
  })

const add = (code: string): CertificateProblem => ({ code, message: code })

function problemsOf(event: Tls, reference: string, now: Date): CertificateProblem[] {
  const own = event.chain?.[0]
  const told = event.problem ? [event.problem] : []
  if (event.verified === true || !own) return told
  const time = now.getTime()
  return [
    ...told,
    ...(Date.parse(own.validTo) < time ? [add('CERT_HAS_EXPIRED')] : []),
    ...(Date.parse(own.validFrom) > time ? [add('CERT_NOT_YET_VALID')] : []),
    ...(own.subject !== '' && own.subject === own.issuer ? [add('DEPTH_ZERO_SELF_SIGNED_CERT')] : []),
    ...(mismatch(own.names, reference) ? [add('ERR_TLS_CERT_ALTNAME_INVALID')] : []),
  ]
}

/** An import may know no names at all, or not the name that was asked for: then nothing is said of it. */
const mismatch = (names: readonly string[], reference: Head['host']): boolean =>
  names.length > 0 && reference !== '' && !coversName(names, reference)
