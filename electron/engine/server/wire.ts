/**
 * Owns: one client's socket, in clear or sealed. Collects what is to be written and writes it once per turn, reads only
 * when asked to, and turns TLS on in place (RFC 3207). Knows nothing of SMTP.
 */
import type { Socket } from 'node:net'
import { TLSSocket, type SecureContext } from 'node:tls'
import { channelBindings, type Bindings } from '../dialogue/channelBinding.ts'
import { type ClientIdentity, clientIdentity } from './clientIdentity.ts'
import { tlsClosed, tlsFault, type TlsFault, wrongCertificate } from './tlsFault.ts'

export interface TlsFacts {
  version: string
  cipher: string
  alpn?: string
  sni?: string
  resumed: boolean
}

export interface WireListener {
  bytes(chunk: Uint8Array): void
  /** Everything written has left. */
  drained(): void
  /** The client will send no more; it may still read. */
  finished(): void
  secured(facts: TlsFacts): void
  /** No TLS came about; the connection is gone. */
  notSecured(fault: TlsFault): void
  /** The connection is gone; nothing follows. */
  gone(how: 'closed' | 'reset' | 'failed', message: string): void
}

export class Wire {
  readonly #listener: WireListener
  /** The TCP connection below whatever is read and written. */
  readonly #tcp: Socket
  #socket: Socket
  #out: Uint8Array[] = []
  #outSize = 0
  #paused = false
  #corked = false
  #securing = false
  #sealed = false
  #certificate: 'off' | 'asked' | 'required' = 'off'
  #gone = false
  #error: Error | undefined

  constructor(socket: Socket, listener: WireListener) {
    this.#socket = socket
    this.#tcp = socket
    this.#listener = listener
    this.#attach(socket)
  }

  get sealed(): boolean {
    return this.#sealed
  }

  /** Who the client is by its certificate; null in clear, and when it showed none. */
  get identity(): ClientIdentity | null {
    return this.#certificate !== 'off' && this.#socket instanceof TLSSocket
      ? clientIdentity(this.#socket)
      : null
  }

  /** What TLS binds an authentication to; undefined in clear. */
  get binding(): Bindings | undefined {
    return this.#sealed && this.#socket instanceof TLSSocket
      ? channelBindings(this.#socket, 'server')
      : undefined
  }

  get securing(): boolean {
    return this.#securing
  }

  /** Octets that the client has not taken yet. */
  get backlog(): number {
    return this.#outSize + this.#socket.writableLength
  }

  /** The client reads more slowly than it asks. */
  get full(): boolean {
    return this.#socket.writableNeedDrain
  }

  write(bytes: Uint8Array): void {
    this.#out.push(bytes)
    this.#outSize += bytes.length
  }

  flush(): void {
    if (this.#outSize === 0 || this.#corked) return
    const bytes = this.#out.length === 1 ? this.#out[0]! : Buffer.concat(this.#out, this.#outSize)
    this.#out = []
    this.#outSize = 0
    if (!this.#gone && this.#socket.writable) this.#socket.write(bytes)
  }

  /** Nothing leaves until `uncork`; what waits when the connection ends is never sent. */
  cork(): void {
    this.#corked = true
  }

  uncork(): void {
    this.#corked = false
    this.flush()
  }

  pause(): void {
    if (this.#paused) return
    this.#paused = true
    this.#socket.pause()
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#socket.resume()
  }

  /** Starts TLS as the server. Octets that came in clear and were not read yet can only be a ClientHello or break it. */
  secure(secureContext: SecureContext, certificate: 'off' | 'asked' | 'required' = 'off'): void {
    this.flush()
    const plain = this.#socket
    this.#securing = true
    // The end was read in clear already; the handshake would wait for it for ever.
    if (plain.readableEnded) return this.#fail()
    // Only our own: the socket's inner listeners carry its end to the TLS socket.
    this.#detach(plain)
    this.#paused = false
    this.#certificate = certificate
    const socket = new TLSSocket(plain, {
      isServer: true,
      secureContext,
      requestCert: certificate !== 'off',
      // Judged by `verifyError` when the handshake is done; a required one that is wrong ends it there.
      rejectUnauthorized: certificate === 'required',
    })
    this.#socket = socket
    socket.once('secure', () => this.#onSecure(socket))
    socket.once('_tlsError', (error: Error) => this.#fail(error))
    this.#attach(socket)
  }

  /** No more from us; the client's end is awaited, and what it still sends is dropped. */
  end(): void {
    this.flush()
    if (this.#gone) return
    this.resume()
    this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  /** So that the client sees a reset (TCP RST) and no end. */
  reset(): void {
    this.#tcp.resetAndDestroy()
    this.#socket.destroy()
  }

  readonly #onData = (chunk: Buffer): void => this.#listener.bytes(chunk)
  readonly #onDrain = (): void => this.#listener.drained()
  readonly #onEnd = (): void => (this.#securing ? this.#fail() : this.#listener.finished())
  readonly #onError = (error: Error): void => {
    if (this.#securing) this.#fail(error)
    else this.#error = error
  }
  readonly #onClose = (): void => {
    if (this.#securing) this.#fail(this.#error)
    if (this.#gone) return
    this.#gone = true
    this.#tellGone()
  }

  #attach(socket: Socket): void {
    socket.on('data', this.#onData).on('drain', this.#onDrain).on('end', this.#onEnd)
    socket.on('error', this.#onError).on('close', this.#onClose)
  }

  #detach(socket: Socket): void {
    socket.off('data', this.#onData).off('drain', this.#onDrain).off('end', this.#onEnd)
    socket.off('error', this.#onError).off('close', this.#onClose)
    // The TLS socket reports errors of the one below; without a listener here they would end the program.
    socket.on('error', () => {})
  }

  #onSecure(socket: TLSSocket): void {
    if (this.#certificate === 'required' && this.identity?.verified !== true)
      return this.#refuse(wrongCertificate)
    this.#securing = false
    this.#sealed = true
    const cipher = socket.getCipher()
    this.#listener.secured({
      version: socket.getProtocol() ?? 'unknown',
      cipher: cipher.standardName ?? cipher.name,
      ...(typeof socket.alpnProtocol === 'string' ? { alpn: socket.alpnProtocol } : {}),
      ...(socket.servername ? { sni: socket.servername } : {}),
      resumed: socket.isSessionReused(),
    })
  }

  #fail(error?: Error): void {
    this.#refuse(error === undefined ? tlsClosed : tlsFault(error))
  }

  #refuse(fault: TlsFault): void {
    if (!this.#securing) return
    this.#securing = false
    this.#listener.notSecured(fault)
    this.#socket.destroy()
  }

  #tellGone(): void {
    const error = this.#error
    if (error === undefined) return this.#listener.gone('closed', 'The client closed the connection.')
    const code = 'code' in error ? String(error.code) : 'unknown'
    if (code === 'ECONNRESET' || code === 'EPIPE')
      return this.#listener.gone('reset', 'The client reset the connection.')
    this.#listener.gone('failed', `The connection broke: ${code}.`)
  }
}
