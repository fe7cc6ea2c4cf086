/**
 * Owns: findings about TLS handshakes, from `tls` events. A failed handshake is told apart by the code the
 * dialer recorded in `fault` (see `TlsFaultCode`); what a certificate is blamed for is certificate.ts's business.
 */
import type { EventOf, TranscriptEvent } from '../transcript/event.ts'
import { finding, type Finding } from './finding.ts'
import type { Protocol } from './overHttp.ts'
import { protocolOf } from './protocol.ts'

type TlsEvent = EventOf<'tls'>

/**
 * Why a handshake failed: `alert-NAME` as the server said it, `plain-answer` when the answer was no TLS record,
 * or how the connection ended. `not-verified` is this program's own refusal, after a handshake that worked.
 */
export type TlsFaultCode =
  | `alert-${string}`
  | 'plain-answer'
  | 'no-common-version'
  | 'no-common-cipher'
  | 'closed'
  | 'reset'
  | 'timeout'
  | 'cancelled'
  | 'not-verified'
  | 'protocol'

/** Findings about every handshake of one dialogue; empty when all succeeded with a current version. */
export function diagnoseTls(events: readonly TranscriptEvent[], protocol: Protocol = 'smtp'): Finding[] {
  return events.flatMap((event, index) => {
    if (event.kind !== 'tls') return []
    const upgraded = events.slice(0, index).some((earlier) => earlier.kind === 'line')
    if (event.outcome === 'established') return oldVersion(event)
    return failedHandshake(event, upgraded, plainAnswerAfter(events, index), protocol)
  })
}

function oldVersion(event: TlsEvent): Finding[] {
  if (event.version !== 'TLSv1' && event.version !== 'TLSv1.1') return []
  return [
    finding('tls-old-version-accepted', {
      side: 'server',
      confidence: 'certain',
      evidence: [event.seq],
      message: `The server agreed on ${event.version}, which must not be used any more.`,
      next: 'Switch TLS 1.0 and 1.1 off on the server and allow 1.2 and 1.3.',
      references: ['RFC 8996', 'RFC 8997 §3'],
    }),
  ]
}

/** What the server said in clear instead of TLS is recorded right behind the failed handshake. */
function plainAnswerAfter(events: readonly TranscriptEvent[], index: number): EventOf<'reply'> | undefined {
  const next = events[index + 1]
  return next?.kind === 'reply' ? next : undefined
}

function failedHandshake(
  event: TlsEvent,
  upgraded: boolean,
  answer: EventOf<'reply'> | undefined,
  protocol: Protocol,
): Finding[] {
  const code = event.fault?.code ?? 'protocol'
  const evidence = answer ? [event.seq, answer.seq] : [event.seq]
  if (code === 'cancelled' || code === 'not-verified') return []
  if (code === 'plain-answer')
    return [upgraded ? garbage(evidence, answer) : plainPort(evidence, answer?.raw ?? '', protocol)]
  if (code === 'closed' || code === 'reset') return [cut(code, upgraded, evidence)]
  if (code === 'timeout') return [silent(evidence)]
  if (code.startsWith('alert-')) return [alert(code.slice('alert-'.length), evidence)]
  if (code === 'no-common-version' || code === 'no-common-cipher') return [nothingCommon(code, evidence)]
  return [
    finding('tls-alert', {
      side: 'unknown',
      confidence: 'possible',
      evidence,
      message: `The TLS handshake failed on this side: ${event.fault?.message ?? 'the answer could not be read as TLS'}.`,
      next: 'Compare with another TLS library, such as openssl s_client: this is the view of this computer’s TLS.',
    }),
  ]
}

function plainPort(evidence: number[], raw: string, protocol: Protocol): Finding {
  const other = protocolOf(raw)
  if (protocol === 'http') return httpInClear(evidence, other?.name)
  if (other && other.name !== 'TLS')
    return finding('banner-not-smtp', {
      side: 'server',
      confidence: other.confidence,
      evidence,
      message: `This port speaks ${other.name}, not SMTP: that is how it answered the start of TLS.`,
      next: 'Check the host and the port number: the mail server listens elsewhere.',
    })
  if (/^[45]\d\d[ -]/.test(raw)) return turnedAway(evidence, raw)
  return finding('port-speaks-plain', {
    side: 'this-computer',
    confidence: raw.startsWith('220') ? 'certain' : 'likely',
    evidence,
    message: 'TLS was started at once, but this port answers in plain text: it does not speak implicit TLS.',
    next: 'Choose STARTTLS for this port; implicit TLS is usual on 465.',
    references: ['RFC 8314 §3.3'],
  })
}

/** `name`: what the answer looked like. */
const httpInClear = (evidence: number[], name: string | undefined): Finding =>
  finding('port-speaks-plain', {
    side: 'this-computer',
    confidence: name === 'HTTP' ? 'certain' : 'likely',
    evidence,
    message: `TLS was started at once, as https asks, but this port answers in clear${name === undefined ? '' : `, by ${name}`}.`,
    next:
      name === undefined || name === 'HTTP'
        ? 'Give the port on which the service speaks https; http would show key and message to others.'
        : 'Check the host and the port number: the API listens elsewhere.',
  })

/** Some servers refuse in clear before TLS, on ports with implicit TLS too (Exim, when there are too many connections). */
const turnedAway = (evidence: number[], raw: string): Finding =>
  finding('banner-rejected', {
    side: 'server',
    confidence: 'likely',
    evidence,
    message: `The server turned the connection away in plain text, before TLS: ${firstLine(raw)}`,
    next: 'Read its words: a limit on connections or a policy for this address. Whether the port speaks implicit TLS shows when it lets this computer in.',
    references: ['RFC 5321 §3.1', 'RFC 7504'],
  })

const firstLine = (raw: string): string =>
  (raw.slice(0, 400).split(/\r?\n/)[0] ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, 200)

const garbage = (evidence: number[], answer: EventOf<'reply'> | undefined): Finding =>
  finding('starttls-garbage', {
    side: 'unknown',
    confidence: 'certain',
    evidence,
    message: `The server agreed to STARTTLS, but what followed is not TLS${answer ? '' : ' (its octets could not be read)'}.`,
    next: 'The server’s TLS is broken, or something between tampers with it: try from another network, and read the server’s log.',
    references: ['RFC 3207 §4'],
  })

function cut(code: 'closed' | 'reset', upgraded: boolean, evidence: number[]): Finding {
  const how = code === 'closed' ? 'closed' : 'reset'
  const base = { evidence, confidence: 'certain' as const, side: 'unknown' as const }
  if (upgraded)
    return finding('starttls-closed', {
      ...base,
      message: `The server agreed to STARTTLS; then the connection was ${how} before TLS was agreed on.`,
      next: 'The server may have no usable certificate: read its log. If it works from another network, something between cuts it.',
    })
  return finding(code === 'closed' ? 'tls-closed' : 'tls-reset', {
    ...base,
    message: `The connection was ${how} when TLS was started.`,
    next: 'Perhaps this port does not speak implicit TLS: try STARTTLS. Otherwise read the server’s log.',
  })
}

const silent = (evidence: number[]): Finding =>
  finding('tls-timeout', {
    side: 'unknown',
    confidence: 'certain',
    evidence,
    message: 'TLS was started, and the server gave no complete answer in time.',
    next: 'Try again; if it stays silent, the port may speak another protocol, or large packets get lost on the way (MTU).',
  })

function nothingCommon(code: 'no-common-version' | 'no-common-cipher', evidence: number[]): Finding {
  const what = code === 'no-common-version' ? 'version' : 'cipher'
  return finding(code === 'no-common-version' ? 'tls-no-common-version' : 'tls-no-common-cipher', {
    side: 'server',
    confidence: 'likely',
    evidence,
    message: `The server and this computer have no TLS ${what} in common (this computer offers 1.2 and 1.3).`,
    next: 'Update the server’s TLS settings: 1.2 is required and 1.3 recommended.',
    references: ['RFC 9325', 'RFC 8996'],
  })
}

/** Alerts that have a finding of their own; each other one is `tls-alert`, named. */
function alert(name: string, evidence: number[]): Finding {
  const base = { evidence, side: 'server' as const }
  if (name === 'protocol_version') return nothingCommon('no-common-version', evidence)
  if (name === 'insufficient_security') return nothingCommon('no-common-cipher', evidence)
  if (name === 'certificate_required' || name === 'no_certificate')
    return finding('tls-client-certificate-required', {
      ...base,
      confidence: 'certain',
      message: 'The server demands a certificate from this side.',
      next: 'Ask who runs the server for a client certificate, or use a port that takes a password.',
    })
  if (name === 'unrecognized_name')
    return finding('tls-sni-required', {
      ...base,
      confidence: 'certain',
      message: 'The server does not serve the name it was asked for in TLS (SNI).',
      next: 'Use the name the server knows itself by instead of an address or another name.',
      references: ['RFC 6066 §3'],
    })
  const causes =
    name === 'handshake_failure'
      ? ': no common cipher or version, or it has no certificate for this name'
      : ''
  return finding('tls-alert', {
    ...base,
    confidence: name === 'handshake_failure' ? 'likely' : 'certain',
    message: `The server broke off the TLS handshake with the alert ${name}${causes}.`,
    next: 'Read the server’s log for this moment; its certificate, versions and ciphers are where to look.',
    references: ['RFC 8446 §6'],
  })
}
