/**
 * Owns: one client's connection to the HTTP API as a transcript: connect, TLS, each request and response, the end. The
 * parser of the runtime does not give the octets of a head, so they are written from what it read: names, values and their
 * order are the client's, the white space around them is ours.
 */
import type { IncomingMessage } from 'node:http'
import { isIPv6, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { EventBody, EventOf } from '#shared/transcript/event.ts'
import { brokenText, type Field, headText } from '#shared/transcript/http.ts'
import type { Hub, Recorder } from '../transcripts/types.ts'

/** Octets of a response that stand in its event. */
const mostShown = 16_384
const bareAddress = (address: string): string =>
  address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address

/** `[name, value]` pairs of node's flat list. */
export const pairs = (raw: readonly string[]): Field[] =>
  Array.from({ length: raw.length >> 1 }, (_, i) => [raw[2 * i]!, raw[2 * i + 1]!] as const)

/** A credential that a client put into the query is as secret as one in a field. */
export function shownTarget(url: string): string {
  const [path = '', ...query] = url.split('?')
  if (query.length === 0) return path
  const masked = query.join('?').split('&').map((pair) => {
    const [name = ''] = pair.split('=', 1)
    return name.length < pair.length && /key|token|auth|pass|secret/i.test(name.slice(0, 100)) ? `${name}=********` : pair
  }) // prettier-ignore
  return `${path}?${masked.join('&')}`
}

export class Conversation {
  readonly recorder: Recorder
  readonly port: number
  #bodies = 0
  #sealed = false
  #ended = false
  readonly #began: number

  constructor(hub: Pick<Hub, 'begin'>, socket: Socket, tls: 'none' | 'implicit') {
    const address = bareAddress(socket.remoteAddress ?? '127.0.0.1')
    this.port = socket.localPort ?? 0
    this.recorder = hub.begin({
      source: 'server',
      role: 'server',
      host: address,
      port: this.port,
      tls,
      protocol: 'http',
    })
    this.#write({
      kind: 'connect', phase: 'tcp', direction: 'none', address, port: socket.remotePort ?? 0, family: isIPv6(address) ? 6 : 4,
      local: { address: bareAddress(socket.localAddress ?? address), port: this.port }, took: 0, outcome: 'connected',
    }) // prettier-ignore
    this.#began = this.recorder.elapsed()
  }

  get sealed(): boolean {
    return this.#sealed
  }

  /** Number for the next content of this session. */
  nextBody(): number {
    return ++this.#bodies
  }

  secured(socket: TLSSocket): void {
    const { name, standardName } = socket.getCipher()
    this.#write({
      kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: this.recorder.elapsed() - this.#began,
      version: socket.getProtocol() ?? 'unknown', cipher: standardName ?? name, resumed: socket.isSessionReused(),
      ...(typeof socket.alpnProtocol === 'string' ? { alpn: socket.alpnProtocol } : {}),
      ...(typeof socket.servername === 'string' && socket.servername !== '' ? { sni: socket.servername } : {}),
    }) // prettier-ignore
    this.#sealed = true
  }

  notSecured(message: string): void {
    const took = this.recorder.elapsed() - this.#began
    this.#write({ kind: 'tls', phase: 'tls', direction: 'none', outcome: 'failed', took, fault: { code: 'handshake-failed', message } }) // prettier-ignore
  }

  request({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): void {
    const start = `${method} ${shownTarget(url)} HTTP/${httpVersion}`
    this.#spoken({ kind: 'line', phase: 'data', direction: 'to-server', verb: method, ...headText(start, pairs(rawHeaders)) }) // prettier-ignore
  }

  /** What was no HTTP request. */
  broken(octets: string): void {
    this.#spoken({ kind: 'line', phase: 'other', direction: 'to-server', ...brokenText(octets) })
  }

  body(body: number, size: number): void {
    this.#spoken({ kind: 'chunk', phase: 'body', direction: 'to-server', body, offset: 0, size, last: true, encoding: 'bdat' }) // prettier-ignore
  }

  response(status: number, raw: string): void {
    const cut = raw.length > mostShown ? { cutFrom: raw.length } : {}
    this.#spoken({ kind: 'reply', phase: 'body', direction: 'to-client', code: status, raw: raw.slice(0, mostShown), ...cut }) // prettier-ignore
  }

  remark(text: string): void {
    this.#write({ kind: 'remark', phase: 'body', direction: 'none', text, understood: true })
  }

  end(outcome: EventOf<'end'>['outcome'], by: EventOf<'end'>['by'], message: string): void {
    this.#write({ kind: 'end', phase: 'other', direction: 'none', outcome, by, message })
    this.#ended = true
  }

  #spoken(event: EventBody): void {
    this.#write(this.#sealed ? { ...event, sealed: true } : event)
  }

  #write(event: EventBody): void {
    if (!this.#ended) this.recorder.write(event)
  }
}
