/** Owns: what the driver needs of a connection, so that a test can script one and a socket can be one. No behaviour. */
import type { Tls } from '#shared/smtp/machine/types.ts'
import type { Fault } from './fault.ts'

export interface ConnectionEnd {
  how: 'closed' | 'reset' | 'failed'
  fault?: Fault | undefined
}

export interface ConnectionListener {
  bytes(bytes: Uint8Array): void
  /** The write buffer is empty again after `write` answered false. */
  drained(): void
  /** Once; nothing follows. */
  ended(end: ConnectionEnd): void
}

export type Secured =
  | { ok: true; tls: Tls }
  /** `refused`: the handshake worked and this program refuses the certificate; nothing was sent over it. */
  | { ok: false; how: 'closed' | 'reset' | 'failed' | 'refused' | 'cancelled'; message: string }

export interface Connection {
  readonly sealed: boolean
  /** From now on the listener is told; what came before is kept for it. */
  listen(listener: ConnectionListener): void
  /** False: wait for `drained` before writing much more. */
  write(bytes: Uint8Array): boolean
  /** Between `cork` and `uncork` lines are gathered and leave in one write. */
  cork(): void
  uncork(): void
  /** Starts TLS now; octets in clear that have not been delivered yet never are. Records the handshake itself. */
  secure(): Promise<Secured>
  /** Politely: what was written still leaves; then the connection is closed. */
  close(): void
  /** At once, without a word. */
  destroy(): void
  /** At once, so that the other side sees a reset (TCP RST) and no end. */
  reset(): void
  /** As `reset`, once what was written has left; the listener is not told. */
  breakOff(): void
}
