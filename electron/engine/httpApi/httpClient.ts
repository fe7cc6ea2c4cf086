/**
 * Owns: one connection of an HTTP client as a transcript: look-up, TCP, TLS (with the dialogue's own parts, so that all
 * is recorded and judged alike), then requests one after the other. The protocol is node:http's.
 */
import { Agent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Field, headText } from '#shared/transcript/http.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { handshake } from '../dialogue/handshake.ts'
import type { Journal } from '../dialogue/journal.ts'
import { asciiName, addressLiteral, resolveHost } from '../dialogue/resolve.ts'
import { openTcp } from '../dialogue/tcp.ts'
import { pairs } from './conversation.ts'
import type { ApiRequest } from './requestOf.ts'

export interface HttpTarget {
  host: string
  port: number
  tls: boolean
  /** Path before that of the API, without a slash at its end. */
  base: string
  certificate: 'check' | 'accept'
  ca?: string | undefined
  version?: 'TLSv1.2' | 'TLSv1.3' | undefined
  /** Milliseconds for look-up, connect, TLS and each response. */
  timeout: number
}

export interface HttpDeps {
  journal: Journal
  now(): Date
  signal?: AbortSignal | undefined
}

export interface HttpResponse {
  status: number
  /** A byte string, its first 64 KiB. */
  body: string
  /** Where it points to (RFC 9110 §10.2.2), and when it wants to be asked again (§10.2.3); byte strings of the server's. */
  location?: string | undefined
  retryAfter?: string | undefined
  /** The server keeps the connection open. */
  keeps: boolean
}

export type Failed = { ok: false; phase: 'dns' | 'tcp' | 'tls' | 'body'; message: string }
const failed = (phase: Failed['phase'], message: string): Failed => ({ ok: false, phase, message })

/** Octets of a response's body that are kept; of a longer one the connection is given up. */
const mostBody = 65_536

export class HttpClient {
  readonly #target: HttpTarget
  readonly #deps: HttpDeps
  readonly #socket: Socket
  readonly #agent: Agent
  #body = 0
  /** Event of a handshake whose certificate nobody vouches for; null when it is verified, or in clear. */
  readonly unverified: number | null

  private constructor(target: HttpTarget, deps: HttpDeps, socket: Socket, unverified: number | null = null) {
    this.unverified = unverified
    this.#target = target
    this.#deps = deps
    this.#socket = socket
    socket.on('error', () => {})
    this.#agent = new Agent({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 })
    this.#agent.createConnection = (_options, ready): Duplex => {
      ready?.(null, socket)
      return socket
    }
  }

  /** What happened is in the journal, whatever the result. Never rejects. */
  static async open(target: HttpTarget, deps: HttpDeps): Promise<HttpClient | Failed> {
    const { host, port, timeout } = target
    const { journal, signal } = deps
    const addresses = await resolveHost({ host, family: 0, timeout, journal, signal })
    if (addresses.length === 0) return failed('dns', `No address was found for ${host}.`)
    const opened = await openTcp({ addresses, port, timeout, journal, signal })
    if (opened === undefined) return failed('tcp', `No connection to ${host} on port ${port} could be made.`)
    if (!target.tls) return new HttpClient(target, deps, opened.socket)
    const name = addressLiteral(host)?.address ?? asciiName(host)
    const { certificate, ca, version } = target
    const made = await handshake(opened.socket, { name, certificate, ca, version, timeout, journal, signal, now: () => deps.now() }) // prettier-ignore
    if (!made.ok) return failed('tls', made.message)
    return new HttpClient(target, deps, made.socket, made.tls.verified ? null : made.seq)
  }

  /** Sends one request and waits for its response. `last`: says that the connection ends after it. Never rejects. */
  async send(request: ApiRequest, last: boolean): Promise<({ ok: true } & HttpResponse) | Failed> {
    const { signal } = this.#deps
    const fields = this.#fields(request, last)
    const path = this.#target.base + request.path
    return new Promise((settle) => {
      const resolve: typeof settle = (answer) => {
        clearTimeout(limit)
        settle(answer)
      }
      const fail = (message: string): void => {
        sent.destroy()
        resolve(failed('body', message))
      }
      // A server that drips octets is never silent, and must end all the same.
      const whole = this.#target.timeout * 4
      const limit = setTimeout(() => fail(`The response was not complete within ${whole / 1000} s.`), whole)
      const sent = httpRequest({
        agent: this.#agent, method: 'POST', path, headers: fields.flat(), setHost: false, setDefaultHeaders: false,
        timeout: this.#target.timeout, ...(signal === undefined ? {} : { signal }),
      }) // prettier-ignore
      sent.on('timeout', () => fail(`There was no response within ${this.#target.timeout / 1000} s.`))
      sent.on('error', (error) => fail(signal?.aborted ? 'Cancelled.' : brokenWords(error)))
      sent.on(
        'response',
        (response) => void this.#read(response).then(resolve, () => fail('The response broke off.')),
      )
      this.#write(sent, request, path, fields)
    })
  }

  close(): void {
    this.#agent.destroy()
    this.#socket.destroy()
  }

  #fields({ fields, body }: ApiRequest, last: boolean): Field[] {
    const { host, port, tls } = this.#target
    const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
    const where = port === (tls ? 443 : 80) ? name : `${name}:${port}`
    return [
      ['Host', where],
      ['User-Agent', 'relayscope'],
      ['Accept', 'application/json'],
      ...fields,
      ['Content-Length', String(body.length)],
      ['Connection', last ? 'close' : 'keep-alive'],
    ]
  }

  #write(sent: ClientRequest, request: ApiRequest, path: string, fields: Field[]): void {
    const size = request.body.length
    this.#record({ kind: 'line', phase: 'data', direction: 'to-server', verb: 'POST', ...headText(`POST ${path} HTTP/1.1`, fields) }) // prettier-ignore
    this.#record({ kind: 'chunk', phase: 'body', direction: 'to-server', body: ++this.#body, offset: 0, size, last: true, encoding: 'bdat' }) // prettier-ignore
    sent.end(request.body)
  }

  async #read(response: IncomingMessage): Promise<{ ok: true } & HttpResponse> {
    let body = ''
    for await (const chunk of response) {
      if (!Buffer.isBuffer(chunk)) continue
      body += chunk.toString('latin1')
      if (body.length > mostBody) break
    }
    const { statusCode: status = 0, statusMessage = '', httpVersion } = response
    const { raw, masked } = headText(
      `HTTP/${httpVersion} ${status} ${statusMessage}`,
      pairs(response.rawHeaders),
    )
    const whole = (raw + body).slice(0, 16_384)
    const cut = raw.length + body.length > 16_384 ? { cutFrom: raw.length + body.length } : {}
    this.#record({ kind: 'reply', phase: 'body', direction: 'to-client', code: status, raw: whole, ...(masked ? { masked } : {}), ...cut }) // prettier-ignore
    const keeps = response.headers.connection?.toLowerCase() !== 'close' && body.length <= mostBody
    const { location, 'retry-after': retryAfter } = response.headers
    return { ok: true, status, body: body.slice(0, mostBody), location, retryAfter, keeps }
  }

  #record(event: EventBody): void {
    this.#deps.journal.write(this.#target.tls ? { ...event, sealed: true } : event)
  }
}

function brokenWords(error: Error): string {
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ECONNRESET') return 'The server closed the connection before it answered.'
  if (code.startsWith('HPE_')) return 'What the server answered is not HTTP/1.1 (RFC 9112).'
  return `The connection broke (${code || error.name}).`
}
