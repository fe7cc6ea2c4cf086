/** Owns: why a connection never came as far as a message, in a few words, from what its transcript says. */
import { fromByteString, fromUtf8 } from '#shared/bytes/bytes.ts'
import { oneLineWords } from './words.ts'
import type { Finding } from '#shared/diagnosis/finding.ts'
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { gravest } from '../../dialogue/diagnose.ts'
import type { RecipientOutcome } from '../types.ts'

export interface HopVerdict extends Pick<RecipientOutcome, 'words' | 'code' | 'enhanced' | 'host'> {
  /** The host says that it never takes mail (RFC 7504 §3). */
  never: boolean
  /** It was reached and has too much to do: another connection may be the one too many. */
  busy: boolean
  /** STARTTLS was agreed on, and TLS could not be made. */
  tlsFailed: boolean
  /** This program ended it. */
  cancelled: boolean
  /** `TLS 1.3, verified`: it failed behind that. */
  sealed?: string | undefined
  session: string
  seq: number
}

export interface HopEnd {
  host: string
  port: number
  /** How the dial or the session ended. */
  message: string
  cancelled: boolean
}

/** No connection could be begun, by a mistake of this program; no session stands behind it. */
export const notBegun: HopVerdict = {
  words: 'This program could not begin a connection; see its log',
  enhanced: '4.3.0',
  never: false,
  busy: false,
  tlsFailed: false,
  cancelled: false,
  session: '',
  seq: 0,
}

/** A server that takes connections, and closes them before it takes the message up. */
export const notTaken = {
  outcome: 'again',
  words: 'The server closed one connection after the other before it took the message up.',
  enhanced: '4.4.2',
} as const

type Says = Pick<HopVerdict, 'words'> & Partial<Pick<HopVerdict, 'code' | 'enhanced'>>

/** `events` and `findings` of the one connection. */
export function hopVerdict(
  events: readonly TranscriptEvent[],
  findings: readonly Finding[],
  { host, port, message, cancelled }: HopEnd,
): Omit<HopVerdict, 'session' | 'seq' | 'sealed'> {
  const talked = events.some(({ kind }) => kind === 'line' || kind === 'reply')
  const handshake = events.findLast((event) => event.kind === 'tls')
  const certificate = findings.find(({ code }) => code in certificateWords)
  const refused = events.findLast((event) => event.kind === 'reply' && (event.code ?? 0) >= 400)
  const says: Says =
    handshake?.outcome === 'failed'
      ? tlsWords(handshake, certificate)
      : refused?.kind === 'reply'
        ? replyWords(refused)
        : talked
          ? otherWords(findings, message)
          : (connectWords(events, port) ?? otherWords(findings, message))
  const code = says.code ?? 0
  return {
    ...says,
    words: oneLineWords(says.words),
    host: `${host}:${port}`,
    never: code === 521 || code === 556,
    busy: talked && code >= 400 && code < 500,
    tlsFailed: handshake?.outcome === 'failed' && talked,
    cancelled,
  }
}

/** What a person can do about it in the rules. */
const trusting = 'smtp-ca FILE in the <domain> of the rules trusts it'

const certificateWords: Readonly<Record<string, string>> = {
  'certificate-name-mismatch': 'Certificate is for another name',
  'certificate-expired': 'Certificate has expired',
  'certificate-not-yet-valid': 'Certificate is not valid yet',
  'certificate-self-signed': `Certificate is not trusted: it is self-signed; ${trusting}`,
  'certificate-untrusted-root': `Certificate is not trusted: its authority is not known here; ${trusting}`,
  'certificate-chain-incomplete': `Certificate is not trusted: its issuer is not known here; ${trusting}`,
  'certificate-purpose': 'Certificate is not meant for servers',
  'dane-mismatch': 'Certificate fits no TLSA record (DANE)',
}

function tlsWords({ fault }: EventOf<'tls'>, certificate: Finding | undefined): Says {
  const words = certificate ? certificateWords[certificate.code]! : `TLS could not be made: ${fault?.message ?? 'no reason was given'}` // prettier-ignore
  return { words, enhanced: '4.7.5' }
}

function replyWords({ raw, code, enhanced }: EventOf<'reply'>): Says {
  const octets = fromByteString(raw)
  const text = (fromUtf8(octets) ?? raw)
    .split(/\r?\n/u)
    .filter((line) => line !== '')
    .map((line, place) => (place === 0 ? `${line.slice(0, 3)} ${line.slice(4)}` : line.slice(4)))
  return {
    words: text.join(' '),
    ...(code === undefined ? {} : { code }),
    ...(enhanced === undefined ? {} : { enhanced }),
  }
}

function otherWords(findings: readonly Finding[], message: string): Says {
  const missing = findings.find(({ code }) => code === 'starttls-not-offered' || code === 'starttls-stripped')
  if (missing) return { words: 'TLS not available: it is required, and the server does not offer STARTTLS', enhanced: '4.7.4' } // prettier-ignore
  return { words: gravest(findings)?.message ?? message, enhanced: '4.4.2' }
}

function connectWords(events: readonly TranscriptEvent[], port: number): Says | null {
  const last = events.findLast((event) => event.kind === 'connect')
  if (last?.kind !== 'connect') {
    const asked = events.findLast((event) => event.kind === 'resolve')
    return asked?.kind === 'resolve'
      ? { words: `No address was found for ${asked.name}`, enhanced: '4.4.3' }
      : null
  }
  if (last.outcome === 'connected')
    return { words: `Connected to port ${port}, but no greeting came`, enhanced: '4.4.2' }
  if (last.outcome === 'timeout') return { words: `No answer on port ${port}`, enhanced: '4.4.1' }
  if (last.outcome === 'refused') return { words: `Connection refused on port ${port}`, enhanced: '4.4.1' }
  return { words: `No connection to port ${port}: ${last.fault?.message ?? last.outcome}`, enhanced: '4.4.1' }
}
