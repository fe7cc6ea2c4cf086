/**
 * Owns: what an operating system's or TLS library's error code means here. Decided by codes alone; texts of errors
 * differ by system and language and may hold anything.
 */
import type { EventOf } from '#shared/transcript/event.ts'
import type { TlsFaultCode } from '#shared/diagnosis/tls.ts'
import { alertName, isAlertName, readFirstAnswer } from '#shared/tls/alert.ts'

export interface Fault {
  code: string
  message: string
}

type ConnectOutcome = EventOf<'connect'>['outcome']

/** The `code` of a Node error, or `UNKNOWN`. */
export function errorCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code
  return 'UNKNOWN'
}

const outcomes: ReadonlyMap<string, [ConnectOutcome, string]> = new Map<string, [ConnectOutcome, string]>([
  ['ECONNREFUSED', ['refused', 'connection refused']],
  ['ETIMEDOUT', ['timeout', 'no answer in time']],
  ['ECONNRESET', ['reset', 'connection reset']],
  ['ECONNABORTED', ['reset', 'connection aborted']],
  ['EPIPE', ['reset', 'the other side had already closed']],
  ['ENETUNREACH', ['unreachable', 'no route to that network']],
  ['EHOSTUNREACH', ['unreachable', 'no route to that host']],
  ['ENETDOWN', ['unreachable', 'the network is down']],
  ['EHOSTDOWN', ['unreachable', 'the host is down']],
  ['EADDRNOTAVAIL', ['unreachable', 'this computer has no address of that kind']],
  ['EAFNOSUPPORT', ['unreachable', 'this computer does not support that kind of address']],
  ['EACCES', ['denied', 'administratively prohibited']],
  ['EPERM', ['denied', 'forbidden by this computer’s firewall']],
  ['EMFILE', ['failed', 'too many open connections in this program']],
])

/** Outcome and words for an error of `connect(2)`. Linux reports ICMP "administratively prohibited" as EACCES or EHOSTUNREACH. */
export function connectFault(error: unknown): { outcome: ConnectOutcome; fault: Fault } {
  const code = errorCode(error)
  const [outcome, message] = outcomes.get(code) ?? ['failed', 'the connection could not be opened']
  return { outcome, fault: { code, message } }
}

/** How an open connection broke. */
export function breakFault(error: unknown): { how: 'reset' | 'failed'; fault: Fault } {
  const { outcome, fault } = connectFault(error)
  if (outcome === 'reset') return { how: 'reset', fault }
  if (outcome !== 'failed') return { how: 'failed', fault }
  const alert = alertOfCode(fault.code)
  if (alert) return { how: 'failed', fault: { code: `alert-${alert}`, message: `the TLS alert ${alert}` } }
  return { how: 'failed', fault: { code: fault.code, message: 'the connection failed' } }
}

/** How a connection ended, as a sentence for a person. */
export function endMessage(how: 'closed' | 'reset' | 'failed', fault: Fault | undefined): string {
  if (how === 'closed') return 'The server closed the connection.'
  if (how === 'reset') return 'The connection was reset.'
  return `The connection failed${fault ? ` (${fault.message})` : ''}.`
}

/** OpenSSL and BoringSSL name a received alert in the error code: `ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED`. */
const alertPrefixes = [
  'ERR_SSL_TLSV13_ALERT_',
  'ERR_SSL_TLSV1_ALERT_',
  'ERR_SSL_SSLV3_ALERT_',
  'ERR_SSL_TLSV1_',
]

function alertOfCode(code: string): string | undefined {
  const prefix = alertPrefixes.find((start) => code.startsWith(start))
  if (!prefix) return undefined
  const name = code.slice(prefix.length).toLowerCase()
  return isAlertName(name) ? name : undefined
}

const libraryFaults: ReadonlyMap<string, TlsFaultCode> = new Map<string, TlsFaultCode>([
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'no-common-version'],
  ['ERR_SSL_VERSION_TOO_LOW', 'no-common-version'],
  ['ERR_SSL_NO_PROTOCOLS_AVAILABLE', 'no-common-version'],
  ['ERR_SSL_WRONG_SSL_VERSION', 'no-common-version'],
  ['ERR_SSL_NO_SHARED_CIPHER', 'no-common-cipher'],
  ['ERR_SSL_WRONG_CIPHER_RETURNED', 'no-common-cipher'],
  ['ERR_SSL_DH_KEY_TOO_SMALL', 'no-common-cipher'],
])

export interface HandshakeEnd {
  /** What stopped it: an error, or how it ended without one. */
  cause: { error: unknown } | 'closed' | 'timeout' | 'cancelled'
  /** First octets of the server's answer to the ClientHello. */
  answer: Uint8Array
}

/** Why a handshake failed. The server's first octets are believed before the library's opinion of them. */
export function handshakeFault(end: HandshakeEnd): { code: TlsFaultCode; message: string } {
  if (end.cause === 'cancelled') return { code: 'cancelled', message: 'cancelled' }
  const first = readFirstAnswer(end.answer)
  if (first.kind === 'other') return { code: 'plain-answer', message: 'the answer is not TLS' }
  if (first.kind === 'alert' && first.description !== 0) {
    const name = alertName(first.description)
    return { code: `alert-${name}`, message: `the server sent the alert ${name}` }
  }
  if (end.cause === 'timeout') return { code: 'timeout', message: 'no complete answer in time' }
  if (end.cause === 'closed') return { code: 'closed', message: 'the connection was closed' }
  const code = errorCode(end.cause.error)
  const alert = alertOfCode(code)
  if (alert) return { code: `alert-${alert}`, message: `the server sent the alert ${alert}` }
  const known = libraryFaults.get(code)
  if (known) return { code: known, message: code }
  if (connectFault(end.cause.error).outcome === 'reset') return { code: 'reset', message: 'connection reset' }
  return { code: 'protocol', message: `the TLS library reports ${code}` }
}
