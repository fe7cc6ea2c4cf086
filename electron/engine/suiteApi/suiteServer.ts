/**
 * Owns: one request to the API from its head to its answer: meant for us, from no foreign page, with the token, for a route
 * that exists, within bounds; then the route. Whatever goes wrong is told as problem+json. No CORS field, ever.
 */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Bodies, declaredTooLarge } from '../httpApi/body.ts'
import { endWith, HttpListener, parserProblem } from '../httpApi/httpListener.ts'
import type { SealedSecret } from '../httpApi/sealedSecret.ts'
import type { Log } from '../ports.ts'
import { fromElsewhere, meantForUs } from './hostCheck.ts'
import { Problem, problemOf, type ProblemName } from './problems.ts'
import { sendReply } from './reply.ts'
import { matchPath, type Method, type Reply, type Route, readQuery } from './route.ts'

/** Octets of a request's body: no route takes more than a few words. */
const mostBody = 64 << 10
const mostToken = 4096

export interface SuiteServerDeps {
  routes: readonly Route[]
  token: () => SealedSecret | null
  names: () => readonly string[]
  log: Log
  /** Of every request. */
  asked: () => void
}

const methods: readonly string[] = ['GET', 'HEAD', 'PATCH', 'DELETE'] satisfies (Method | 'HEAD')[]
/** What health checks ask by (RFC 9110 §9.3.2). An event stream has no end to leave out. */
const hasHead = ({ method, answer }: Route): boolean =>
  method === 'GET' && answer.type !== 'text/event-stream'

export class SuiteServer {
  readonly #deps: SuiteServerDeps
  readonly #listener = new HttpListener(null)
  readonly #bodies = new Bodies(mostBody)
  /** Of each request that runs. A set rather than AbortSignal.any, which the runtime holds weakly. */
  readonly #running = new Set<AbortController>()
  address = ''
  requests = 0

  constructor(deps: SuiteServerDeps) {
    this.#deps = deps
    const { server } = this.#listener
    server.on('request', (request, response) => void this.#take(request, response))
    server.on('checkContinue', (request, response) => void this.#take(request, response))
    server.on('checkExpectation', (_request, response) => {
      const words = 'Only Expect: 100-continue is known here.'
      refuse(response, new Problem('no-such-expectation', words))
    })
    server.on('clientError', (error: Error & { code?: string }, socket: Socket) => unreadable(error, socket))
  }

  get port(): number {
    return this.#listener.port
  }

  listen(port: number, address: string): Promise<void> {
    this.address = address
    return this.#listener.listen(port, address)
  }

  /** Waits and event streams that run end, as after the token was changed; new ones may begin. */
  cutOff(): void {
    this.#endAll(new Problem('no-token', 'The token was renewed while this waited.'))
  }

  /** Waits and event streams end at once. */
  close(): Promise<void> {
    this.#endAll(new Problem('switched-off', 'The API was switched off while this waited.'))
    return this.#listener.close()
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++
    this.#deps.asked()
    request.on('error', () => {})
    response.on('error', () => {})
    const end = new AbortController()
    this.#running.add(end)
    response.once('close', () => end.abort(new Error('The client has gone.')))
    try {
      await sendReply(response, await this.#answer(request, response, end.signal))
    } catch (error) {
      this.#failed(response, error)
    } finally {
      this.#running.delete(end)
    }
  }

  #endAll(problem: Problem): void {
    for (const end of this.#running) end.abort(problem)
  }

  #failed(response: ServerResponse, error: unknown): void {
    const told = problemOf(error)
    if (told !== null && !response.headersSent) return refuse(response, told)
    // In the middle of an answer: only cutting the connection shows that the rest is missing.
    if (response.headersSent || response.destroyed) return void response.destroy()
    this.#deps.log('error', 'A request to the API for test suites broke', { reason: error instanceof Error ? error.name : 'unknown' }) // prettier-ignore
    refuse(response, new Problem('internal', 'A fault that nobody foresaw. The log says more.'))
  }

  async #answer(request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<Reply> {
    const { headers } = request
    const url = targetOf(request)
    this.#checkCaller(request, url)
    const { one, params } = this.#route(request.method ?? '', url.pathname)
    if (one.token) this.#checkToken(headers.authorization)
    const query = readQuery(url.searchParams)
    const body = one.body === null ? {} : await this.#body(request, response)
    return one.run({ params, query, body, headers, signal })
  }

  #checkCaller(
    { url: target, headers: { host: field, origin }, headersDistinct }: IncomingMessage,
    url: URL,
  ): void {
    // Two names, and who stands before this server may have judged the other one (RFC 9112 §3.2).
    if ((headersDistinct['host']?.length ?? 0) > 1)
      throw new Problem('bad-request', 'The field Host stands twice; send it once.')
    const host = target?.startsWith('/') === true ? field : url.host
    const wrong = [field, host].find((one) => !meantForUs(one, this.port, this.#deps.names()))
    if (wrong !== undefined || field === undefined)
      throw new Problem('wrong-host', `This API is not called ${JSON.stringify((wrong ?? '').slice(0, 100))}; ask 127.0.0.1:${this.port} or localhost:${this.port}.`) // prettier-ignore
    if (fromElsewhere(origin, host))
      throw new Problem('not-from-here', 'A web page of another origin may not ask this API.')
  }

  #route(method: string, path: string): { one: Route; params: Record<string, string> } {
    const fitting = this.#deps.routes.flatMap((one) => {
      const params = matchPath(one.path, path)
      return params === null ? [] : [{ one, params }]
    })
    const found = fitting.find(({ one }) => one.method === method || (method === 'HEAD' && hasHead(one)))
    // A fixed path hides those with a parameter in its place: DELETE /messages/wait deletes no message called "wait".
    if (found !== undefined && (found === fitting[0] || fitting[0]?.one.path === found.one.path)) return found
    if (fitting.length === 0)
      throw new Problem('not-found', `There is nothing at ${JSON.stringify(path.slice(0, 200))}; the addresses stand in /openapi.json.`) // prettier-ignore
    const path0 = fitting[0]!.one.path
    const allowed = fitting.filter(({ one }) => one.path === path0).flatMap(({ one }) => (hasHead(one) ? ['GET', 'HEAD'] : [one.method])) // prettier-ignore
    const known = methods.includes(method) ? '' : ' at all'
    throw new Problem('wrong-method', `${JSON.stringify(method.slice(0, 20))} is not known here${known}; ${allowed.join(', ')} ${allowed.length === 1 ? 'is' : 'are'}.`, {}, { Allow: allowed.join(', ') }) // prettier-ignore
  }

  /** RFC 6750 §2.1. */
  #checkToken(authorization: string | undefined): void {
    const given = /^Bearer +([\x21-\x7e]+) *$/iu.exec((authorization ?? '').slice(0, mostToken))?.[1]
    if (given === undefined)
      throw new Problem('no-token', 'There is no token: send the field Authorization: Bearer TOKEN.', {}, challenge('')) // prettier-ignore
    if (this.#deps.token() === null)
      throw new Problem('no-token', 'There is no token yet: renew it in the page of Relayscope, or give one with serve --api-token-file.', {}, challenge('')) // prettier-ignore
    if (this.#deps.token()?.is(given) !== true)
      throw new Problem('no-token', 'The token is not the one of this API; a renewed one voids the one before.', {}, challenge(', error="invalid_token"')) // prettier-ignore
  }

  async #body(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const [type = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';')
    if (type.trim() !== 'application/json')
      throw new Problem('not-json', `Content-Type ${JSON.stringify(type.slice(0, 100))} is not application/json.`) // prettier-ignore
    const declared = declaredTooLarge(request, mostBody)
    if (declared !== null) throw new Problem('too-large', declared.message)
    if (request.headers.expect !== undefined) response.writeContinue()
    const read = await this.#bodies.read(request)
    if (!read.ok) throw kindOf(read.refusal)
    try {
      const value: unknown = JSON.parse(read.body.toString('utf8'))
      return value
    } catch {
      throw new Problem('bad-request', 'The body is not JSON; send {"unread": false}, say.', { errors: [{ field: 'body', value: read.body.toString('utf8', 0, 60), message: 'is not JSON (RFC 8259)' }] }) // prettier-ignore
    }
  }
}

/** RFC 9112 §3.2: a path, or a whole address as to a proxy, which any server takes; nothing is at other forms. */
function targetOf({ url: target = '' }: IncomingMessage): URL {
  const whole = target.startsWith('/') ? `http://host${target}` : target
  const url = /^http:\/\//iu.test(whole) ? URL.parse(whole) : null
  if (url === null) throw new Problem('bad-request', `${JSON.stringify(target.slice(0, 100))} is no path; ask as GET /api/v1/health.`)
  return url
} // prettier-ignore

const challenge = (error: string) => ({ 'WWW-Authenticate': `Bearer realm="relayscope"${error}` })

function kindOf(refusal: { status: number; message: string } | null): Problem {
  if (refusal === null) return new Problem('too-slow', 'The client left before the end of its request.')
  return new Problem(refusal.status === 413 ? 'too-large' : 'too-many', refusal.message)
}

/** A body that nobody read must not stand before the next request, so the connection is closed. */
function refuse(response: ServerResponse, problem: Problem): void {
  const closes = { Connection: 'close' }
  const body = JSON.stringify(problem.body())
  void sendReply(response, { octets: [Buffer.from(body)], length: Buffer.byteLength(body), type: 'application/problem+json', headers: { ...problem.headers, ...(problem.kind === 'nothing-came' ? {} : closes) } }, problem.status) // prettier-ignore
}

/** No request came about. */
function unreadable(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET' || error.code === 'EPIPE') return void socket.destroy()
  const { status, message } = parserProblem(error.code)
  const kinds: Record<typeof status, ProblemName> = { 400: 'bad-request', 408: 'too-slow', 431: 'header-too-large' } // prettier-ignore
  const body = JSON.stringify(new Problem(kinds[status], message).body())
  endWith(socket, `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${Buffer.from(body).toString('latin1')}`) // prettier-ignore
}
