/**
 * Owns: the page and rpc over http on loopback, for whoever came in by a one-time address. 127.0.0.1 only; every request
 * is checked for Host, every WebSocket and every method but GET and HEAD for Origin too, everything but the door for a session.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Log } from '#engine/ports.ts'
import { serveRpc } from '#shared/rpc/server.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { answer, closedDoor, plainPage } from './answers.ts'
import { Doorkeeper } from './doorkeeper.ts'
import { type ContentPolicy, pagePolicy } from './headers.ts'
import { mailDocument, mailHeaders, mailPath, type MailRequest, readMailAddress } from './mailFrame.ts'
import { hostAllowed, originAllowed } from './origin.ts'
import { socketPort } from './socketPort.ts'

/** What is behind the door. Called for admitted GET and HEAD requests only. */
export interface Content {
  /** May widen the page's policy; only development does. */
  policy?(policy: ContentPolicy): ContentPolicy
  answer(request: IncomingMessage, response: ServerResponse, path: string, policy: ContentPolicy): void
  /** An admitted upgrade of another path than `/rpc`. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

export interface WebHostOptions {
  handlers: Partial<Handlers>
  content: Content
  log: Log
  /** 0 lets the system choose. */
  port?: number
  /** Octets of one WebSocket message; a case file of 64 MiB in JSON fits. */
  mostOctets?: number
}

export interface WebHost {
  readonly port: number
  /** An address with a new one-time token. */
  newAddress(): string
  stop(): Promise<void>
}

const mostConnections = 256
const mostSockets = 32

class Web implements WebHost {
  readonly #server: Server
  readonly #sockets: WebSocketServer
  readonly #options: WebHostOptions
  readonly #door: Doorkeeper
  readonly port: number

  constructor(server: Server, port: number, options: WebHostOptions) {
    this.#server = server
    this.port = port
    this.#options = options
    this.#door = new Doorkeeper(port)
    const maxPayload = options.mostOctets ?? 160 << 20
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false })
    // Too many open files, as `accept` tells; those who are inside stay.
    server.on('error', (error) => options.log('warn', 'A connection was not taken', { error: String(error) }))
    server.on('request', (request, response) => this.#request(request, response))
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
  }

  newAddress(): string {
    return `http://127.0.0.1:${this.port}/?token=${this.#door.issueToken()}`
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const socket of this.#sockets.clients) socket.terminate()
    this.#sockets.close()
    this.#server.closeAllConnections()
    await closed
  }

  #request(request: IncomingMessage, response: ServerResponse): void {
    const { host, origin, cookie } = request.headers
    // Not every browser counts a WebSocket of the same origin as 'self'.
    const policy = hostAllowed(host, this.port)
      ? pagePolicy(`'self' ws://${host}`, `http://${host}${mailPath}`)
      : pagePolicy("'none'")
    const refuse = (status: number, body: string, headers: Record<string, string> = {}): void =>
      answer(request, response, policy, { status, type: 'text/html; charset=utf-8', body, headers })
    if (!hostAllowed(host, this.port))
      return refuse(421, plainPage('Wrong address', 'Relayscope answers on 127.0.0.1 and localhost only.'))
    const reading = request.method === 'GET' || request.method === 'HEAD'
    if (!reading && !originAllowed(origin, host, this.port))
      return refuse(403, plainPage('Refused', 'Another page may not ask this.'))
    if (!reading)
      return refuse(405, plainPage('Not here', 'Pages are read with GET.'), { Allow: 'GET, HEAD' })
    const url = urlOf(request)
    // What only looks whether there is something (HEAD) must not use the address up.
    const entering = url?.pathname === '/' && request.method === 'GET'
    const token = entering ? url.searchParams.get('token') : null
    const admitted = this.#door.admits(cookie)
    if (token !== null) return this.#enter(refuse, token, admitted)
    if (!admitted || url === null) return refuse(403, closedDoor)
    const mail = readMailAddress(url)
    if (mail !== null) return void this.#mail(mail, response, `http://${host}`)
    const { content } = this.#options
    content.answer(request, response, url.pathname, content.policy?.(policy) ?? policy)
  }

  async #mail(mail: MailRequest, response: ServerResponse, origin: string): Promise<void> {
    const body = await mailDocument(this.#options.handlers, mail)
    const text = body ?? plainPage('Nothing to show', 'This message is not here, or has no HTML.')
    response.writeHead(body === null ? 404 : 200, mailHeaders(origin, mail.remote))
    response.end(text)
  }

  /** The token leaves the address bar at once: by a redirect, into a cookie that no script can read. */
  #enter(
    refuse: (status: number, body: string, headers?: Record<string, string>) => void,
    token: string,
    admitted: boolean,
  ): void {
    const cookie = this.#door.exchange(token)
    // Who is inside already may come by the used address again, as by the browser's Back.
    if (cookie !== null) return refuse(303, '', { Location: '/', 'Set-Cookie': cookie })
    if (admitted) return refuse(303, '', { Location: '/' })
    refuse(403, closedDoor)
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const { host, origin, cookie } = request.headers
    const path = urlOf(request)?.pathname
    const admitted = originAllowed(origin, host, this.port) && this.#door.admits(cookie)
    if (!admitted) return hangUp(socket, '403 Forbidden')
    if (path !== '/rpc') {
      const { content } = this.#options
      return content.upgrade === undefined
        ? hangUp(socket, '404 Not Found')
        : content.upgrade(request, socket, head)
    }
    if (this.#sockets.clients.size >= mostSockets) return hangUp(socket, '503 Service Unavailable')
    this.#sockets.handleUpgrade(request, socket, head, (one) => {
      const onFault = (name: string, error: unknown): void =>
        this.#options.log('error', `${name} failed`, { error: String(error) })
      serveRpc(socketPort(one), this.#options.handlers, { onFault })
    })
  }
}

/** Null for what is no path, as the `*` of OPTIONS or a whole foreign URL. */
function urlOf(request: IncomingMessage): URL | null {
  return request.url?.startsWith('/') === true ? URL.parse(`http://host${request.url}`) : null
}

function hangUp(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** Listens on 127.0.0.1. Rejects with an error in words when it cannot. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const wanted = options.port ?? 0
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 })
  server.maxConnections = mostConnections
  server.listen(wanted, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new Error(listenProblem(error, wanted), { cause: error })
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return new Web(server, address.port, options)
}

function listenProblem(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code === 'EADDRINUSE')
    return `--port ${port}: another program listens there. Take another, or 0 for any.`
  if (code === 'EACCES')
    return `--port ${port}: this user may not listen there. Take one above 1023, or 0 for any.`
  return `--port ${port}: cannot listen on 127.0.0.1 (${code}).`
}
