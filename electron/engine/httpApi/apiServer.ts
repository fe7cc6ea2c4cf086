/**
 * Owns: the two message APIs on one listening socket of this computer, each connection recorded; what is no HTTP is
 * answered in words and recorded like everything else.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Hub } from '../transcripts/types.ts'
import { refuse, type Refusal } from './answers.ts'
import { Conversation } from './conversation.ts'
import { Exchange, type ExchangeDeps, responseText } from './exchange.ts'
import { endWith, HttpListener, parserProblem, type TlsOptions } from './httpListener.ts'

export interface ApiServerDeps extends ExchangeDeps {
  hub: Pick<Hub, 'begin'>
}

export class ApiServer {
  readonly #deps: ApiServerDeps
  readonly #tls: TlsOptions | null
  readonly #listener: HttpListener
  /** By the client's address and port: TLS hides the socket below it. */
  readonly #talks = new Map<string, Conversation>()
  requests = 0

  constructor(deps: ApiServerDeps, tls: TlsOptions | null) {
    this.#deps = deps
    this.#tls = tls
    this.#listener = new HttpListener(tls)
    this.#attach()
  }

  get port(): number {
    return this.#listener.port
  }

  /** Listens on 127.0.0.1; rejects with the system's error. */
  listen(port: number): Promise<void> {
    return this.#listener.listen(port)
  }

  /** Lets running requests end for a moment, then cuts. */
  async close(): Promise<void> {
    await this.#listener.close()
    for (const talk of this.#talks.values())
      talk.end('cancelled', 'this-computer', 'The HTTP API was stopped.')
    this.#talks.clear()
  }

  #attach(): void {
    const { server } = this.#listener
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
    const { status, body } = refuse(null, parserProblem(error.code))
    const text = JSON.stringify(body)
    const raw = responseText(
      status,
      { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)), Connection: 'close' },
      text,
    ) // prettier-ignore
    talk?.response(status, raw)
    endWith(socket, raw)
  }
}

const keyOf = (socket: Socket): string => `${socket.remoteAddress ?? ''} ${socket.remotePort ?? 0}`
