/**
 * Owns: from a target to an open connection: look-up, TCP and, for implicit TLS, the handshake. Each phase has its own
 * time limit, writes its own events, and can be cancelled at every moment. A fault is a result, never an exception.
 */
import type { Target } from '#shared/rpc/contract/dialogue.ts'
import type { Tls } from '#shared/smtp/machine/types.ts'
import { familyOf } from './checkRoute.ts'
import type { Connection } from './connection.ts'
import { handshake, type Handshake, type HandshakeOptions } from './handshake.ts'
import type { Journal } from './journal.ts'
import { addressLiteral, asciiName, resolveHost, type Address, type Lookup } from './resolve.ts'
import { socketConnection } from './socketConnection.ts'
import { openTcp } from './tcp.ts'

export type DialTarget = Pick<
  Target,
  | 'host' | 'port' | 'tls' | 'certificate' | 'ca' | 'family' | 'serverName' | 'timeouts' | 'clientCertificate'
  | 'source' // prettier-ignore
> &
  Pick<HandshakeOptions, 'unconsented' | 'onChain' | 'otherNames' | 'prove'> & {
    /** Known already, in the order in which they are tried: nothing is looked up. */
    addresses?: readonly Address[] | undefined
    /** Milliseconds for the handshake, when they are others than for the connection. */
    tlsTimeout?: number | undefined
  }

export interface DialDeps {
  journal: Journal
  now(): Date
  signal?: AbortSignal | undefined
  lookup?: Lookup | undefined
}

export type Dialled =
  | {
      ok: true
      connection: Connection
      tls?: Tls | undefined
      address: Address
      /** This computer's address on the connection. */
      local: string
    }
  | {
      ok: false
      phase: 'dns' | 'tcp' | 'tls'
      how: 'closed' | 'reset' | 'failed' | 'refused' | 'cancelled'
      message: string
    }

/** Milliseconds for look-up, each connection attempt and the handshake, each, unless the target says otherwise. */
export const defaultConnectTimeout = 15_000

/** Opens a connection. What happened is in the journal, whatever the result. */
export async function dial(target: DialTarget, deps: DialDeps): Promise<Dialled> {
  const timeout = target.timeouts.connect ?? defaultConnectTimeout
  const { journal, signal, lookup } = deps
  const { host, port, source } = target
  // From an address only its own kind can be reached.
  const family = familyOf(source) || target.family
  const lookUp = target.timeouts.lookUp ?? timeout
  const addresses =
    target.addresses ?? (await resolveHost({ host, family, timeout: lookUp, journal, signal, lookup }))
  if (signal?.aborted) return cancelled('dns')
  if (addresses.length === 0) return failed('dns', `No address was found for ${host}.`)
  const opened = await openTcp({ addresses, port, timeout, source, journal, signal })
  if (signal?.aborted) {
    opened?.socket.destroy()
    return cancelled('tcp')
  }
  if (!opened) return failed('tcp', `No connection to ${host} on port ${port} could be made.`)
  const options = handshakeOptions(target, deps)
  const { address } = opened
  const local = opened.socket.localAddress ?? ''
  if (target.tls !== 'implicit') {
    const connection = socketConnection(opened.socket, undefined, options)
    return { ok: true, connection, address, local }
  }
  const sealed = await handshake(opened.socket, options)
  if (!sealed.ok) return { ok: false, phase: 'tls', how: sealed.reason, message: sealed.message }
  const connection = socketConnection(opened.socket, sealed.socket, options)
  return { ok: true, connection, tls: sealed.tls, address, local }
}

/** How TLS is made for this target; the reference name is the one typed, never one that DNS gave (RFC 7817 §3). */
export function handshakeOptions(target: DialTarget, deps: DialDeps): HandshakeOptions {
  const typed = target.serverName ?? target.host
  return {
    name: addressLiteral(typed)?.address ?? asciiName(typed),
    certificate: target.certificate,
    unconsented: target.unconsented,
    onChain: target.onChain,
    otherNames: target.otherNames,
    prove: target.prove,
    ca: target.ca,
    identity: target.clientCertificate,
    timeout: target.tlsTimeout ?? target.timeouts.tls ?? target.timeouts.connect ?? defaultConnectTimeout,
    now: () => deps.now(),
    journal: deps.journal,
    signal: deps.signal,
  }
}

/**
 * One more connection to the same place with TLS from the first octet, recorded beside the main course: is the
 * silent port one that waits for TLS? Answers with the handshake and the numbers of its events; the caller closes it.
 */
export async function tryImplicitTls(
  address: Address,
  target: DialTarget,
  deps: DialDeps,
): Promise<{ handshake: Handshake; evidence: number[] } | undefined> {
  const timeout = Math.min(target.timeouts.connect ?? defaultConnectTimeout, 5000)
  const { journal, signal } = deps
  const opened = await openTcp({
    addresses: [address],
    port: target.port,
    timeout,
    source: target.source,
    journal,
    signal,
    aside: true,
  })
  if (!opened) return undefined
  const options = { ...handshakeOptions(target, deps), certificate: 'accept' as const, timeout, aside: true }
  const result = await handshake(opened.socket, options)
  return { handshake: result, evidence: [opened.seq, result.seq] }
}

const cancelled = (phase: 'dns' | 'tcp'): Dialled => ({
  ok: false,
  phase,
  how: 'cancelled',
  message: 'Cancelled.',
})
const failed = (phase: 'dns' | 'tcp', message: string): Dialled => ({
  ok: false,
  phase,
  how: 'failed',
  message,
})
