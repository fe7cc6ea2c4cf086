/**
 * Owns: one listening socket of the HTTP API, plain or TLS, on loopback only. The runtime's parser reads the protocol;
 * header size and count, times, connections and requests per connection are bounded here, and what is no HTTP is answered
 * in words and recorded like everything else.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Hub } from '../transcripts/types.ts'
import { refuse, type Refusal } from './answers.ts'
import { Conversation } from './conversation.ts'
import { Exchange, type ExchangeDeps, responseText } from './exchange.ts'

export interface ApiServerDeps extends ExchangeDeps {
  hub: Pick<Hub, 'begin'>
}

export interface TlsOptions {
  cert: string
  key: string
  minVersion?: 'TLSv1.2' | 'TLSv1.3'
  maxVersion?: 'TLSv1.2' | 'TLSv1.3'
}

/** Milliseconds and counts. A hostile client costs one connection for half a minute at most before it has a key. */
const limits = {
  maxHeaderSize: 16_384,
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  maxConnections: 256,
  maxHeadersCount: 200,
  maxRequestsPerSocket: 10_000,
} as const
const graceMs = 2000

export class ApiServer {
  readonly #deps: ApiServerDeps
  readonly #tls: TlsOptions | null
  readonly #server: Server
  /** By the client's address and port: TLS hides the socket below it. */
  readonly #talks = new Map<string, Conversation>()
  requests = 0

  constructor(deps: ApiServerDeps, tls: TlsOptions | null) {
    this.#deps = deps
    this.#tls = tls
    const { maxHeaderSize, headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval } =
      limits
    const common = { maxHeaderSize, headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval, noDelay: true } // prettier-ignore
    this.#server =
      tls === null
        ? createServer(common)
        : createTlsServer({ minVersion: 'TLSv1.2', ...tls, ...common, handshakeTimeout: 10_000, ALPNProtocols: ['http/1.1'] }) // prettier-ignore
    this.#server.maxConnections = limits.maxConnections
    this.#server.maxHeadersCount = limits.maxHeadersCount
    this.#server.maxRequestsPerSocket = limits.maxRequestsPerSocket
    this.#attach()
  }

  get port(): number {
    const address: AddressInfo | string | null = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  /** Listens on 127.0.0.1; rejects with the system's error. */
  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ host: '127.0.0.1', port }, () => {
        this.#server.off('error', reject)
        // Out of descriptors while accepting: those clients wait; the listener lives.
        this.#server.on('error', () => {})
        resolve()
      })
    })
  }

  /** Lets running requests end for a moment, then cuts. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeIdleConnections()
    const timer = setTimeout(() => this.#server.closeAllConnections(), graceMs)
    await closed
    clearTimeout(timer)
    for (const talk of this.#talks.values())
      talk.end('cancelled', 'this-computer', 'The HTTP API was stopped.')
    this.#talks.clear()
  }

  #attach(): void {
    const server = this.#server
    server.on('connection', (socket: Socket) => this.#connected(socket))
    server.on('secureConnection', (socket: TLSSocket) => this.#talkOf(socket)?.secured(socket))
    server.on('tlsClientError', (error: Error, socket: TLSSocket) => this.#notSecured(error, socket))
    server.on('request', (request, response) => void this.#take(request, response, false))
    server.on('checkContinue', (request, response) => void this.#take(request, response, true))
    server.on('checkExpectation', (request, response) => this.#expects(request, response))
    server.on('clientError', (error: Error & { code?: string; rawPacket?: Buffer }, socket: Socket) => this.#unreadable(error, socket)) // prettier-ignore
  }

  #talkOf(socket: Socket): Conversation | undefined {
    return this.#talks.get(keyOf(socket))
  }

  #connected(socket: Socket): void {
    const key = keyOf(socket)
    if (this.#talks.has(key) || socket.remotePort === undefined) return
    let talk: Conversation
    try {
      talk = new Conversation(this.#deps.hub, socket, this.#tls === null ? 'none' : 'implicit')
    } catch {
      socket.destroy()
      return
    }
    this.#talks.set(key, talk)
    let reset = false
    socket.on('error', () => (reset = true))
    socket.once('close', () => {
      this.#talks.delete(key)
      if (reset) talk.end('reset', 'network', 'The connection broke.')
      else talk.end('completed', 'client', 'The connection was closed.')
    })
  }

  #notSecured(error: Error, socket: TLSSocket): void {
    const code = 'code' in error ? String(error.code) : error.name
    this.#talkOf(socket)?.notSecured(`TLS could not be made (${code})`)
    socket.destroy()
  }

  #exchange(request: IncomingMessage, response: ServerResponse): Exchange | null {
    const talk = this.#talkOf(request.socket)
    this.requests++
    return talk === undefined ? null : new Exchange(this.#deps, talk, request, response)
  }

  async #take(request: IncomingMessage, response: ServerResponse, waits: boolean): Promise<void> {
    request.on('error', () => {})
    response.on('error', () => {})
    const exchange = this.#exchange(request, response)
    if (exchange === null) request.socket.destroy()
    else await exchange.run(waits)
  }

  #expects(request: IncomingMessage, response: ServerResponse): void {
    this.#talkOf(request.socket)?.request(request)
    const refusal: Refusal = { status: 417, message: 'Only Expect: 100-continue is known here.' }
    this.#exchange(request, response)?.answer(null, refusal, true)
  }

  /** No request came about: told in JSON as anything else, then the connection is closed. */
  #unreadable(error: Error & { code?: string; rawPacket?: Buffer }, socket: Socket): void {
    const talk = this.#talkOf(socket)
    if (error.rawPacket) talk?.broken(error.rawPacket.toString('latin1'))
    if (!socket.writable || error.code === 'ECONNRESET' || error.code === 'EPIPE')
      return void socket.destroy()
    const { status, body } = refuse(null, refusalOf(error.code))
    const text = JSON.stringify(body)
    const raw = responseText(
      status,
      { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)), Connection: 'close' },
      text,
    ) // prettier-ignore
    talk?.response(status, raw)
    socket.end(Buffer.from(raw, 'latin1'))
    const timer = setTimeout(() => socket.destroy(), graceMs)
    timer.unref()
    socket.once('close', () => clearTimeout(timer))
  }
}

function refusalOf(code: string | undefined): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, message: `The header fields have more than ${limits.maxHeaderSize} octets.` } // prettier-ignore
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, message: 'The request did not come to its end in time.' } // prettier-ignore
  return { status: 400, message: 'This is not an HTTP/1.1 request (RFC 9112).' }
}

const keyOf = (socket: Socket): string => `${socket.remoteAddress ?? ''} ${socket.remotePort ?? 0}`
