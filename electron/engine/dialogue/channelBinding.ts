/**
 * Owns: what binds an authentication to one TLS connection. `tls-exporter` (RFC 9266) on TLS 1.3; below it only with the
 * extended master secret (RFC 7627), which the runtime does not tell, so it is not given there. `tls-unique` (RFC 5929
 * §3) below TLS 1.3 only. `tls-server-end-point` (RFC 5929 §4) wherever the certificate names its digest: not for Ed25519.
 */
import { createHash } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { BindingType } from '#shared/smtp/sasl/mechanism.ts'
import { readCertificateFacts } from '#shared/tls/certificateFacts.ts'

export type Bindings = (type: BindingType) => Uint8Array | null

/** Which end of the connection this computer is. */
type Side = 'client' | 'server'

/** Asked only when a mechanism needs it: computing it for each connection would cost all of them. */
export const channelBindings =
  (socket: TLSSocket, side: Side): Bindings =>
  (type) => {
    if (socket.destroyed) return null
    try {
      if (type === 'tls-exporter') return exporter(socket)
      return type === 'tls-unique' ? unique(socket, side) : endPoint(socket, side)
    } catch {
      // A TLS library without it: the same as a connection without it.
      return null
    }
  }

const label = 'EXPORTER-Channel-Binding'

const exporter = (socket: TLSSocket): Uint8Array | null =>
  socket.getProtocol() === 'TLSv1.3'
    ? new Uint8Array(socket.exportKeyingMaterial(32, label, Buffer.alloc(0)))
    : null

/** The first Finished of the handshake: the client's, or the server's where a session was resumed. */
function unique(socket: TLSSocket, side: Side): Uint8Array | null {
  if (socket.getProtocol() === 'TLSv1.3') return null
  const firstIsClient = !socket.isSessionReused()
  const finished = firstIsClient === (side === 'client') ? socket.getFinished() : socket.getPeerFinished()
  return finished === undefined ? null : new Uint8Array(finished)
}

function endPoint(socket: TLSSocket, side: Side): Uint8Array | null {
  const certificate = side === 'client' ? socket.getPeerCertificate() : socket.getCertificate()
  const der = certificate !== null && 'raw' in certificate ? certificate.raw : undefined
  if (!(der instanceof Uint8Array)) return null
  const algorithm = digestOf(readCertificateFacts(der)?.signature ?? '')
  return algorithm === null ? null : new Uint8Array(createHash(algorithm).update(der).digest())
}

/** RFC 5929 §4.1: the digest of the signature, and SHA-256 in place of MD5 and SHA-1. */
export function digestOf(signature: string): string | null {
  const bits = /SHA-?(1|224|256|384|512)\b/i.exec(signature)?.[1]
  if (bits === undefined) return /MD5/i.test(signature) ? 'sha256' : null
  return bits === '1' ? 'sha256' : `sha${bits}`
}
