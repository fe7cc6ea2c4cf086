/**
 * Owns: standing between a socket and the TLS library, so that the first octets of the server's answer can be
 * seen. A library says only "wrong version number"; the octets say HTTP, an SMTP greeting, or a named alert.
 */
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** Enough for an SMTP greeting or the head of an HTTP answer. */
const kept = 1024

export class Tap extends Duplex {
  readonly #socket: Socket
  readonly #first: Buffer[] = []
  #size = 0
  #over = false

  /** Takes the socket over; whoever read from it before must have stopped. */
  constructor(socket: Socket) {
    super({ allowHalfOpen: false, autoDestroy: true })
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      if (this.#size < kept) this.#keep(chunk)
      if (!this.push(chunk)) socket.pause()
    })
    socket.on('end', () => {
      this.#over = true
      this.push(null)
    })
    socket.on('error', (error) => this.destroy(error))
    socket.on('close', () => this.destroy())
  }

  /** First octets that came from the server since TLS was started, at most 1024. */
  get answer(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#first))
  }

  /** The server closed the connection (FIN). */
  get over(): boolean {
    return this.#over
  }

  /** Stop remembering: the handshake is done and what follows is sealed anyway. */
  forget(): void {
    this.#size = kept
    this.#first.length = 0
  }

  #keep(chunk: Buffer): void {
    const part = Buffer.from(chunk.subarray(0, kept - this.#size))
    this.#first.push(part)
    this.#size += part.length
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done)
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#socket.write(Buffer.concat(chunks.map((entry) => entry.chunk)), done)
  }

  override _final(done: () => void): void {
    this.#socket.end(done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy()
    done(error)
  }
}
