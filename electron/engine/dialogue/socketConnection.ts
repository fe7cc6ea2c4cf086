/** Owns: a `Connection` over a real TCP socket, upgraded to TLS in place when asked. */
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Connection, ConnectionEnd, ConnectionListener, Secured } from './connection.ts'
import { breakFault } from './fault.ts'
import { handshake, type HandshakeOptions } from './handshake.ts'

/** Milliseconds that a politely closed connection may take to be closed by the other side too. */
const lingerMs = 1000

/** `secured` when TLS is done already (implicit TLS). */
export function socketConnection(
  socket: Socket,
  secured: TLSSocket | undefined,
  options: HandshakeOptions,
): Connection {
  let stream: Socket | TLSSocket = secured ?? socket
  let sealed = secured !== undefined
  let listener: ConnectionListener | undefined
  let over = false

  const end = (how: ConnectionEnd): void => {
    if (over) return
    over = true
    listener?.ended(how)
  }
  const onData = (chunk: Buffer): void => listener?.bytes(new Uint8Array(chunk))
  const onDrain = (): void => listener?.drained()
  const onEnd = (): void => end({ how: 'closed' })
  const onError = (error: Error): void => end(breakFault(error))
  const attach = (): void => {
    stream.on('data', onData).on('drain', onDrain).on('end', onEnd).on('error', onError).on('close', onEnd)
  }
  const detach = (): void => {
    stream.off('data', onData).off('drain', onDrain).off('end', onEnd).off('error', onError)
    stream.off('close', onEnd)
  }

  return {
    get sealed() {
      return sealed
    },
    listen(next) {
      listener = next
      // It may have broken between the handshake and now, when nobody listened.
      const broken = stream.errored
      if (stream.destroyed) queueMicrotask(() => end(broken ? breakFault(broken) : { how: 'closed' }))
      else attach()
    },
    write: (bytes) => over || stream.write(bytes),
    cork: () => stream.cork(),
    uncork: () => stream.uncork(),
    async secure(): Promise<Secured> {
      detach()
      stream.pause()
      discardUnread(stream)
      const result = await handshake(socket, options)
      if (!result.ok) {
        over = true
        return { ok: false, how: result.reason, message: result.message }
      }
      stream = result.socket
      sealed = true
      attach()
      return { ok: true, tls: result.tls }
    },
    close() {
      if (stream.destroyed) return
      stream.end()
      const timer = setTimeout(() => stream.destroy(), lingerMs)
      timer.unref()
      stream.once('close', () => clearTimeout(timer))
    },
    destroy() {
      // Whoever destroys it knows; the listener is not told of its own doing.
      over = true
      stream.destroy()
      socket.destroy()
    },
  }
}

/** Octets in clear that wait in the buffer when TLS starts must never be read as if they were sealed (CVE-2011-0411). */
function discardUnread(stream: Socket | TLSSocket): void {
  while (stream.read() !== null);
}
