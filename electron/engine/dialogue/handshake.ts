/**
 * Owns: one TLS handshake on an open socket (RFC 8446, RFC 3207 for the upgrade): SNI, time limit, everything it agreed
 * on recorded in one event, and the decision whether the certificate is good enough to send anything over it.
 */
import { isIP, type Socket } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { diagnoseCertificate } from '#shared/diagnosis/certificate.ts'
import { toByteString } from '#shared/bytes/bytes.ts'
import type { Certificate, EventBody, EventOf } from '#shared/transcript/event.ts'
import type { Tls } from '#shared/smtp/machine/types.ts'
import { channelBindings } from './channelBinding.ts'
import { chainFaults, rawChain, readCertificate } from './chain.ts'
import { handshakeFault, type Fault } from './fault.ts'
import { within } from './limit.ts'
import type { Journal } from './journal.ts'
import { Tap } from './tap.ts'
import { type ClientIdentity, trustContext } from './trust.ts'

export interface HandshakeOptions {
  /** The name the user typed, or the one given for the certificate: SNI (unless an address) and reference identity. */
  name: string
  /** A certificate for one of these is as good. */
  otherNames?: readonly string[] | undefined
  certificate: 'check' | 'accept'
  /** Nobody consented to `accept`: it is only looked at what lies behind, and faults are as grave as ever. */
  unconsented?: boolean | undefined
  /** Told the server's certificates in DER, its own first, before they are judged. */
  onChain?: ((chain: readonly Uint8Array[]) => void) | undefined
  /** Decides about the chain instead of authorities, dates and name (DANE, RFC 7672): null when it is good, else why not. */
  prove?: ((chain: readonly Uint8Array[]) => string | null) | undefined
  ca?: string | undefined
  /** Shown when the server asks for a client certificate (RFC 8446 §4.4.2). */
  identity?: ClientIdentity | undefined
  /** The only version spoken; TLS 1.2 and above when absent. */
  version?: 'TLSv1.2' | 'TLSv1.3' | undefined
  /** Milliseconds. */
  timeout: number
  now(): Date
  journal: Journal
  signal?: AbortSignal | undefined
  /** Record beside the main course, and without findings: a trial connection. */
  aside?: boolean | undefined
}

export type Handshake =
  | { ok: true; socket: TLSSocket; tls: Tls; seq: number }
  | {
      ok: false
      reason: 'closed' | 'reset' | 'failed' | 'refused' | 'cancelled'
      message: string
      /** What came instead of TLS, at most 1024 octets. */
      answer: Uint8Array
      seq: number
    }

type TlsBody = Omit<EventOf<'tls'>, 'session' | 'seq' | 'at'>

/** Makes TLS on the socket. After a failure the socket is destroyed. Never rejects. */
export async function handshake(socket: Socket, options: HandshakeOptions): Promise<Handshake> {
  const began = options.journal.elapsed()
  const tap = new Tap(socket)
  const sni = isIP(options.name) === 0 ? options.name : undefined
  const secured = connect({
    socket: tap,
    secureContext: trustContext(options.ca, options.identity),
    // Judged below, together with dates and name, before anything is sent.
    rejectUnauthorized: false,
    minVersion: options.version ?? 'TLSv1.2',
    ...(options.version === undefined ? {} : { maxVersion: options.version }),
    ...(sni === undefined ? {} : { servername: sni }),
  })
  secured.on('error', () => {})
  const result = await within(options.timeout, options.signal, () => whenSecure(secured))
  const took = options.journal.elapsed() - began
  if (result.how === 'done') {
    tap.forget()
    return judge(secured, { options, took, sni })
  }
  // An alert can be read before the library turns it into an error; destroy only after looking.
  const answer = tap.answer
  const cause =
    result.how === 'failed' ? (tap.over && !isTlsError(result.error) ? 'closed' : result) : result.how
  const fault = handshakeFault({ cause, answer })
  secured.destroy()
  tap.destroy()
  const seq = record(options, { ...base(took), outcome: 'failed', fault, ...(sni ? { sni } : {}) })
  if (fault.code === 'plain-answer') recordAnswer(options, answer)
  const reason =
    fault.code === 'closed' || fault.code === 'reset' || fault.code === 'cancelled' ? fault.code : 'failed'
  return { ok: false, reason, message: fault.message, answer, seq }
}

const base = (took: number): Pick<TlsBody, 'kind' | 'phase' | 'direction' | 'took'> => ({
  kind: 'tls',
  phase: 'tls',
  direction: 'none',
  took,
})

const whenSecure = (socket: TLSSocket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('secureConnect', resolve)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('closed')))
  })

const isTlsError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_SSL_')

function record(options: HandshakeOptions, event: EventBody): number {
  if (options.aside) return options.journal.aside(event)
  return options.journal.write(event)?.seq ?? 0
}

/** What the server said in clear where TLS was expected is evidence; it stands right behind the failed handshake. */
function recordAnswer(options: HandshakeOptions, answer: Uint8Array): void {
  record(options, {
    kind: 'reply',
    phase: 'tls',
    direction: 'to-client',
    raw: toByteString(answer.subarray(0, 512)),
    malformed: 'plain text where TLS was expected',
  })
}

interface Judging {
  options: HandshakeOptions
  took: number
  sni: string | undefined
}

function judge(socket: TLSSocket, { options, took, sni }: Judging): Handshake {
  const raw = rawChain(socket)
  options.onChain?.(raw)
  const chain = raw.map(readCertificate)
  const unproven = options.prove?.(raw)
  const faults = unproven === undefined ? faultsOf(socket, chain, options) : daneFaults(unproven)
  const verified = faults.length === 0
  const version = socket.getProtocol() ?? 'unknown'
  const cipher = socket.getCipher().standardName ?? socket.getCipher().name
  const refused = !verified && options.certificate === 'check'
  const seq = record(options, {
    ...base(took),
    outcome: refused ? 'failed' : 'established',
    version,
    cipher,
    group: groupOf(socket),
    alpn: socket.alpnProtocol || undefined,
    sni,
    resumed: socket.isSessionReused(),
    verified,
    problem: faults[0],
    chain,
    ...(refused ? { fault: { code: 'not-verified', message: 'the certificate is not accepted' } } : {}),
  })
  if (!options.aside) writeFindings(options, seq, faults, chain)
  const binding = channelBindings(socket, 'client')
  if (!refused) return { ok: true, socket, tls: { version, cipher, verified, binding }, seq }
  socket.destroy()
  const message = `The certificate was not accepted (${faults.map((fault) => fault.message).join('; ')}); nothing was sent over this connection.`
  return { ok: false, reason: 'refused', message, answer: new Uint8Array(), seq }
}

/** Against the name, or the first of the others for which there are none. */
function faultsOf(socket: TLSSocket, chain: readonly Certificate[], options: HandshakeOptions): Fault[] {
  const against = (name: string): Fault[] => chainFaults(socket, chain, name, options.now(), options.ca)
  const faults = against(options.name)
  if (faults.length === 0) return faults
  return options.otherNames?.some((name) => against(name).length === 0) ? [] : faults
}

const daneFaults = (why: string | null): Fault[] =>
  why === null ? [] : [{ code: 'TLSA_MISMATCH', message: why }]

function writeFindings(
  options: HandshakeOptions,
  seq: number,
  problems: Fault[],
  chain: NonNullable<TlsBody['chain']>,
): void {
  const { journal } = options
  const found = diagnoseCertificate({
    event: { ...base(0), session: journal.session, seq, at: 0, outcome: 'established', chain },
    problems,
    reference: options.name,
    accepted: options.certificate === 'accept' && options.unconsented !== true,
    now: options.now(),
  })
  for (const finding of found) journal.find(finding)
}

/** Group of the key exchange as `X25519` or `prime256v1`; unknown for some hybrids in some libraries. */
function groupOf(socket: TLSSocket): string | undefined {
  const info: object | null = socket.getEphemeralKeyInfo()
  if (!info) return undefined
  if ('name' in info && typeof info.name === 'string') return info.name
  return 'type' in info && typeof info.type === 'string' ? info.type : undefined
}
