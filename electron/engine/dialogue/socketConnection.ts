/** Owns: a `Connection` over a real TCP socket, upgraded to TLS in place when asked. */
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Connection, ConnectionEnd, ConnectionListener, Secured } from './connection.ts'
import { breakFault } from './fault.ts'
import { handshake, type HandshakeOptions } from './handshake.ts'

/**
 * Milliseconds that a politely closed connection may take to be closed by the other side too, and what was written to
 * leave before a reset.
 */
const lingerMs = 1000

/** `secured` when TLS is done already (implicit TLS). */
export const socketConnection = (
  socket: Socket,
  secured: TLSSocket | undefined,
  options: HandshakeOptions,
): Connection => new SocketConnection(socket, secured, options)

/** Milliseconds from the last write to a reset, which throws away what the system has not sent: it cannot be asked. */
const graceMs = 100

/** Octets up to which what is written in one turn is joined into one write: many small ones cost the system more than a copy. */
const joined = 32_768

class SocketConnection implements Connection {
  readonly #socket: Socket
  readonly #options: HandshakeOptions
  /** What is read and written: the socket, or TLS on it. */
  #stream: Socket | TLSSocket
  #sealed: boolean
  #listener: ConnectionListener | undefined
  #over = false
  #breaking = false
  #corked = false
  /** Written while corked. */
  #out: Uint8Array[] = []
  #outSize = 0

  constructor(socket: Socket, secured: TLSSocket | undefined, options: HandshakeOptions) {
    this.#socket = socket
    this.#options = options
    this.#stream = secured ?? socket
    this.#sealed = secured !== undefined
  }

  get sealed(): boolean {
    return this.#sealed
  }

  listen(listener: ConnectionListener): void {
    this.#listener = listener
    // It may have broken between the handshake and now, when nobody listened.
    const broken = this.#stream.errored
    if (this.#stream.destroyed)
      queueMicrotask(() => this.#end(broken ? breakFault(broken) : { how: 'closed' }))
    else this.#attach()
  }

  write(bytes: Uint8Array): boolean {
    if (this.#over) return true
    if (this.#outSize + bytes.length > joined) this.#flush()
    if (!this.#corked || bytes.length > joined) return this.#stream.write(bytes)
    this.#out.push(bytes)
    this.#outSize += bytes.length
    return !this.#stream.writableNeedDrain
  }

  cork(): void {
    this.#corked = true
  }

  uncork(): void {
    this.#corked = false
    this.#flush()
  }

  async secure(): Promise<Secured> {
    this.#detach()
    this.#stream.pause()
    discardUnread(this.#stream)
    const result = await handshake(this.#socket, this.#options)
    if (!result.ok) {
      this.#over = true
      return { ok: false, how: result.reason, message: result.message }
    }
    this.#stream = result.socket
    this.#sealed = true
    this.#attach()
    return { ok: true, tls: result.tls }
  }

  close(): void {
    this.#flush()
    const stream = this.#stream
    // An end before the reset would be a polite close.
    if (stream.destroyed || this.#breaking) return
    stream.end()
    const timer = setTimeout(() => stream.destroy(), lingerMs)
    timer.unref()
    stream.once('close', () => clearTimeout(timer))
  }

  destroy(): void {
    // Whoever destroys it knows; the listener is not told of its own doing.
    this.#over = true
    this.#stream.destroy()
    this.#socket.destroy()
  }

  reset(): void {
    this.#over = true
    this.#socket.resetAndDestroy()
    this.#stream.destroy()
  }

  breakOff(): void {
    this.#flush()
    this.#over = true
    this.#breaking = true
    // Not unreferenced: a program that ends first would close politely instead.
    const reset = (): void => this.reset()
    let timer = setTimeout(reset, lingerMs)
    // Writes are carried out in order: when this one is, the system has all that came before it.
    this.#stream.write(new Uint8Array(0), () => {
      clearTimeout(timer)
      timer = setTimeout(reset, graceMs)
    })
  }

  readonly #onData = (chunk: Buffer): void => this.#listener?.bytes(new Uint8Array(chunk))
  readonly #onDrain = (): void => this.#listener?.drained()
  readonly #onEnd = (): void => this.#end({ how: 'closed' })
  readonly #onError = (error: Error): void => this.#end(breakFault(error))

  #flush(): void {
    if (this.#outSize === 0) return
    const bytes = this.#out.length === 1 ? this.#out[0]! : Buffer.concat(this.#out, this.#outSize)
    this.#out = []
    this.#outSize = 0
    if (!this.#over) this.#stream.write(bytes)
  }

  #attach(): void {
    const stream = this.#stream.on('data', this.#onData).on('drain', this.#onDrain)
    stream.on('end', this.#onEnd).on('error', this.#onError).on('close', this.#onEnd)
  }

  #detach(): void {
    const stream = this.#stream.off('data', this.#onData).off('drain', this.#onDrain)
    stream.off('end', this.#onEnd).off('error', this.#onError).off('close', this.#onEnd)
  }

  #end(how: ConnectionEnd): void {
    if (this.#over) return
    this.#over = true
    this.#listener?.ended(how)
  }
}

/** Octets in clear that wait in the buffer when TLS starts must never be read as if they were sealed (CVE-2011-0411). */
function discardUnread(stream: Socket | TLSSocket): void {
  while (stream.read() !== null);
}
