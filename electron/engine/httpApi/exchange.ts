/**
 * Owns: one request from its head to its response: who asks, what for, the body, the message that becomes of it, and its
 * place in the Inbox. 200 is said only once the message is on disk, as 250 is in SMTP.
 */
import { randomUUID } from 'node:crypto'
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import { Message } from '#shared/rpc/contract/message.ts'
import { composeMessage } from '../message/compose.ts'
import type { Clock, Log } from '../ports.ts'
import { type Store, StoreError } from '../store/types.ts'
import { accepted, type Answer, type Api, refuse, type Refusal } from './answers.ts'
import { type Bodies, declaredTooLarge } from './body.ts'
import type { Conversation } from './conversation.ts'
import type { Credentials } from './credentials.ts'
import { readForm } from './formFields.ts'
import { type Brought, formMessage, type ReadMessage } from './formMessage.ts'
import { jsonMessage } from './jsonMessage.ts'
import type { Rate } from './rate.ts'

export interface ExchangeDeps {
  store: Pick<Store, 'openContent'>
  clock: Clock
  log: Log
  credentials: () => Credentials
  bodies: Bodies
  rate: Rate
  /** A message was kept. */
  kept: () => void
}

const formPath = /^\/v3\/([A-Za-z0-9._-]{1,255})\/messages\/?$/
/** Shorter keys would blacken half the transcript; the field itself is masked in any case. */
const concealFrom = 6

export class Exchange {
  readonly #deps: ExchangeDeps
  readonly #talk: Conversation
  readonly #request: IncomingMessage
  readonly #response: ServerResponse

  constructor(deps: ExchangeDeps, talk: Conversation, request: IncomingMessage, response: ServerResponse) {
    this.#deps = deps
    this.#talk = talk
    this.#request = request
    this.#response = response
  }

  /** `waits`: the client wants to hear 100 before it sends the body (RFC 9110 §10.1.1). Never rejects. */
  async run(waits: boolean): Promise<void> {
    this.#talk.request(this.#request)
    try {
      await this.#serve(waits)
    } catch (error) {
      this.#deps.log('error', 'A request to the HTTP API broke', { reason: error instanceof Error ? error.name : 'unknown' }) // prettier-ignore
      this.answer(null, { status: 500, message: 'An internal error; the message was not kept.' }, true)
    }
  }

  async #serve(waits: boolean): Promise<void> {
    const api = this.#api()
    const refusal = this.#before(api)
    // A body that nobody will read must not stand before the next request.
    if (refusal !== null || api === null) return this.answer(api, refusal ?? noPath, true)
    if (waits) {
      this.#response.writeContinue()
      this.#talk.response(100, 'HTTP/1.1 100 Continue\r\n\r\n')
    }
    const read = await this.#deps.bodies.read(this.#request)
    if (!read.ok) return read.refusal === null ? undefined : this.answer(api, read.refusal, true)
    const body = this.#talk.nextBody()
    this.#talk.body(body, read.body.length)
    const copy = this.#keep(body, read.body)
    const message = this.#read(api, read.body)
    const answer = message.ok ? await this.#commit(api, message.brought) : message.refusal
    await copy
    if ('body' in answer) this.#say(answer, false)
    else this.answer(api, answer, false)
  }

  #api(): Api | null {
    const [path = ''] = (this.#request.url ?? '').split('?', 1)
    if (formPath.test(path)) return 'form'
    return /^\/api\/v1\/transmissions\/?$/.test(path) ? 'json' : null
  }

  /** What can be said before the body is read. */
  #before(api: Api | null): Refusal | null {
    const { method, headers } = this.#request
    if (api === null) return noPath
    if (method !== 'POST')
      return { status: 405, message: 'Messages are posted: use POST.', headers: { Allow: 'POST' } }
    const verdict = this.#deps.credentials().check(api, headers.authorization)
    if (verdict.secret.length >= concealFrom) this.#talk.recorder.conceal(verdict.secret)
    if (!verdict.ok)
      return { status: 401, message: verdict.message, headers: { 'WWW-Authenticate': verdict.challenge } }
    const wait = this.#deps.rate.take()
    if (wait > 0)
      return { status: 429, message: `Too many requests; try again in ${wait} s.`, headers: { 'Retry-After': `${wait}` } } // prettier-ignore
    if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity')
      return { status: 415, message: 'Content-Encoding is not taken here; send the body as it is.' }
    const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';')
    if (api === 'json' && type.trim() !== 'application/json')
      return { status: 415, message: 'This API takes JSON: send it as Content-Type: application/json.' }
    return declaredTooLarge(this.#request)
  }

  #read(api: Api, body: Buffer): ReadMessage {
    if (api === 'json') return jsonMessage(body)
    const form = readForm(this.#request.headers['content-type'] ?? '', body)
    return form.ok ? formMessage(form.form) : form
  }

  async #keep(body: number, octets: Buffer): Promise<void> {
    const writer = this.#deps.store.openContent(this.#talk.recorder.session, body)
    writer.append(octets)
    await writer.keep().catch((error: unknown) =>
      this.#deps.log('warn', 'The body of a request could not be kept', { reason: String(error) }),
    ) // prettier-ignore
  }

  async #commit(api: Api, { message, returnPath, to, unused }: Brought): Promise<Answer | Refusal> {
    const { clock, store, kept } = this.#deps
    const uuid = randomUUID()
    const given = { envelopeFrom: returnPath, envelopeTo: to }
    const composed = await composeMessage(Message.parse(message), { date: clock.now(), uuid, ...given })
    if (!composed.ok) {
      const [problem] = composed.problems
      const field = problem?.field.replace(/^message\./, '') ?? 'The message'
      return { status: 400, message: `${field} ${JSON.stringify(problem?.value.slice(0, 100) ?? '')}: ${problem?.message ?? 'cannot be sent'}` } // prettier-ignore
    }
    const talk = this.#talk
    const writer = store.openContent(talk.recorder.session, talk.nextBody())
    writer.append(composed.bytes)
    const { from, to: rcptTo } = composed.envelope
    try {
      const receivedAt = clock.now().toISOString()
      await writer.commit({ receivedAt, mailFrom: from, rcptTo, port: talk.port, sealed: talk.sealed, user: undefined }) // prettier-ignore
    } catch (error) {
      return notKept(error)
    }
    talk.recorder.delivered(writer.id)
    kept()
    const idle = unused.length > 0 ? `\nTaken and not acted on: ${unused.join(', ').slice(0, 1000)}.` : ''
    talk.remark(`Composed a message of ${composed.bytes.length} octets for ${rcptTo.length} in its envelope and kept it as ${writer.id}.${idle}`) // prettier-ignore
    return accepted(api, `${writer.id}@relayscope.localhost`, rcptTo.length)
  }

  answer(api: Api | null, refusal: Refusal, closes: boolean): void {
    this.#say(refuse(api, refusal), closes)
  }

  #say({ status, body, headers = {} }: Answer, closes: boolean): void {
    const response = this.#response
    if (response.headersSent || response.destroyed) return
    const text = JSON.stringify(body)
    const all: Record<string, string> = {
      Date: this.#deps.clock.now().toUTCString(),
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(text)),
      ...headers,
      ...(closes ? { Connection: 'close' } : {}),
    }
    response.sendDate = false
    response.writeHead(status, all)
    this.#talk.response(status, responseText(status, all, text))
    response.end(text)
  }
}

const noPath: Refusal = {
  status: 404,
  message: 'There is no such address here. Post to /v3/DOMAIN/messages or /api/v1/transmissions.',
}

/** A response as it is written on the wire, as a byte string. */
export function responseText(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): string {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const octets = Buffer.from(body, 'utf8').toString('latin1')
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${fields.join('')}\r\n${octets}`
}

function notKept(error: unknown): Refusal {
  const full = error instanceof StoreError && error.code === 'full'
  return {
    status: 503,
    message: full ? 'The disk is full; the message was not kept.' : 'The message could not be kept.',
    headers: { 'Retry-After': '30' },
  }
}
