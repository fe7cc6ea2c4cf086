/**
 * Owns: one listening HTTP/1.1 socket, plain or TLS. The runtime's parser reads the protocol; header size and count,
 * times, connections and requests per connection are bounded here. What is asked is its owner's business.
 */
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { listenAddress } from '../server/listenProblem.ts'

export interface TlsOptions {
  cert: string
  key: string
  minVersion?: 'TLSv1.2' | 'TLSv1.3'
  maxVersion?: 'TLSv1.2' | 'TLSv1.3'
}

/** Milliseconds and counts. A hostile client costs one connection for half a minute at most before it has a key. */
export const listenerLimits = {
  maxHeaderSize: 16_384,
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  maxConnections: 256,
  maxHeadersCount: 200,
  maxRequestsPerSocket: 10_000,
} as const
/** Milliseconds that running requests, and a client that was refused, get to end. */
const graceMs = 2000

export class HttpListener {
  readonly server: Server

  constructor(tls: TlsOptions | null) {
    const { maxHeaderSize, headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval } =
      listenerLimits
    const common = { maxHeaderSize, headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval, noDelay: true } // prettier-ignore
    this.server =
      tls === null
        ? createServer(common)
        : createTlsServer({ minVersion: 'TLSv1.2', ...tls, ...common, handshakeTimeout: 10_000, ALPNProtocols: ['http/1.1'] }) // prettier-ignore
    this.server.maxConnections = listenerLimits.maxConnections
    this.server.maxHeadersCount = listenerLimits.maxHeadersCount
    this.server.maxRequestsPerSocket = listenerLimits.maxRequestsPerSocket
  }

  get port(): number {
    const address: AddressInfo | string | null = this.server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  /** Rejects with the system's error. */
  listen(port: number, address = '127.0.0.1'): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen({ host: listenAddress(address), port }, () => {
        this.server.off('error', reject)
        // Out of descriptors while accepting: those clients wait; the listener lives.
        this.server.on('error', () => {})
        resolve()
      })
    })
  }

  /** Lets running requests end for a moment, then cuts. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    this.server.closeIdleConnections()
    const timer = setTimeout(() => this.server.closeAllConnections(), graceMs)
    await closed
    clearTimeout(timer)
  }
}

/** The last words to a client whose octets were no request; `raw` is a byte string. */
export function endWith(socket: Socket, raw: string): void {
  socket.end(Buffer.from(raw, 'latin1'))
  const timer = setTimeout(() => socket.destroy(), graceMs)
  timer.unref()
  socket.once('close', () => clearTimeout(timer))
}

/** Why no request came about, by the parser's code. */
export function parserProblem(code: string | undefined): { status: 400 | 408 | 431; message: string } {
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, message: `The header fields have more than ${listenerLimits.maxHeaderSize} octets.` } // prettier-ignore
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, message: 'The request did not come to its end in time.' } // prettier-ignore
  return { status: 400, message: 'This is not an HTTP/1.1 request (RFC 9112).' }
}
