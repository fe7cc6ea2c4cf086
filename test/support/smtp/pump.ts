/**
 * Owns: running a client machine against a server machine in memory, octets cut anywhere, TLS by decree. What a driver
 * does with a socket is done here with two queues; everything each machine said is kept for the test to look at.
 */
import { createHmac } from 'node:crypto'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type {
  ClientMachine,
  ClientOptions,
  Mechanism,
  ServerMachine,
  ServerOptions,
} from '#shared/smtp/machine/options.ts'
import { serverExtensions } from '#shared/smtp/machine/options.ts'
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import type {
  Answer,
  Effect,
  Input,
  Machine,
  Note,
  Outcome,
  Outgoing,
  Question,
  Tls,
} from '#shared/smtp/machine/types.ts'
import type { ScramHash, ScramKeys } from '#shared/smtp/sasl/mechanism.ts'
import { keysOf } from '#shared/smtp/sasl/scramKeys.ts'
import { fromByteString, toByteString } from '#shared/bytes/bytes.ts'
import { derive, hashes } from '../hashes.ts'

export { hashes }

/** Both ends have it, so both see the same connection. */
const exporter = new Uint8Array(32).fill(7)

export const tls: Tls = {
  version: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  verified: true,
  binding: (type) => (type === 'tls-exporter' ? exporter : null),
}

export const bytes = fromByteString
export const text = toByteString

export function clientOptions(change: Partial<ClientOptions> = {}): ClientOptions {
  return {
    ehloName: 'client.example',
    tls: 'none',
    auth: null,
    transaction: transaction(),
    pipelining: true,
    chunking: false,
    stopAfter: 'end',
    ...change,
  }
}

export function transaction(to: string[] = ['b@example.org'], change = {}) {
  return {
    from: 'a@example.org',
    fromParameters: [],
    to: to.map((address) => ({ address, parameters: [] })),
    size: 20,
    eightBit: false,
    utf8: false,
    ...change,
  }
}

export const password = 'pencil-and-paper'
export const user = 'someone@example.org'
export const auth = (mechanism: 'auto' | Mechanism = 'auto', allowUnprotected = true) => ({
  mechanism,
  user,
  password,
  allowUnprotected,
  hashes,
})

export function serverOptions(change: Partial<ServerOptions> = {}): ServerOptions {
  return {
    name: 'server.example',
    tls: 'off',
    auth: { mechanisms: ['plain', 'login', 'cram-md5'], policy: 'optional', onlyAfterTls: false },
    extensions: serverExtensions,
    challenge: () => '<1.2@server.example>',
    hashes,
    ...change,
  }
}

/** A policy that takes every message and the one user. */
export function decide(question: Question): Answer {
  if (question.kind === 'password') return verdict(question.user === user && question.password === password)
  if (question.kind === 'scram-keys') return { accept: true, keys: storedKeys(question.user, question.hash) }
  if (question.kind === 'proven') return verdict(question.user === user)
  if (question.kind === 'token') return verdict(question.user === user && question.token === password)
  if (question.kind === 'external') return { accept: true, user }
  if (question.kind === 'cram-md5') {
    const right = createHmac('md5', password).update(question.challenge).digest('hex')
    return verdict(question.user === user && question.digest === right)
  }
  return { accept: true }
}

const salt = fromByteString('0123456789abcdef')
/** As a server stores them; those of an unknown user are right for nobody. */
function storedKeys(name: string, hash: ScramHash): ScramKeys {
  const known = fromByteString(name === user ? password : 'nobody knows it')
  const iterations = 4096
  return keysOf(derive({ hash, password: known, salt, iterations }), { salt, iterations }, hash, hashes)
}

const verdict = (right: boolean): Answer =>
  right ? { accept: true } : { accept: false, reply: { code: 535, enhanced: '5.7.8', text: ['Wrong'] } }

/** What the gate does with a line: send it (changed, or not), or skip it. */
export type Gate = (line: Outgoing) => Uint8Array | 'skip' | undefined

export interface PumpOptions {
  client: ClientOptions
  server: ServerOptions
  content?: Uint8Array
  policy?: (question: Question) => Answer
  gate?: Gate
  serverGate?: Gate
  /** Octets to hand over next, of `available`; everything by default. */
  cut?: (available: number) => number
  /** Instead of the usual client with the options above. */
  machine?: ClientMachine
  /** Drop the connection when the client is about to send its line number n (from 1). */
  dropAt?: number
}

export class Pump {
  readonly client: ClientMachine
  readonly server: ServerMachine
  readonly notes: { client: Note[]; server: Note[] } = { client: [], server: [] }
  readonly outcomes: { client: Outcome[]; server: Outcome[] } = { client: [], server: [] }
  /** Lines that the client sent, as text. */
  readonly said: string[] = []
  readonly received: Uint8Array[] = []
  readonly messages: string[] = []
  readonly questions: Question[] = []
  readonly states = { client: new Set<string>(), server: new Set<string>() }
  private content: Uint8Array
  private toServer: number[] = []
  private toClient: number[] = []
  private secure = { client: false, server: false }
  private readonly options: PumpOptions
  private lines = 0
  private dropped = false

  constructor(options: PumpOptions) {
    this.options = options
    this.client = options.machine ?? createClientMachine(options.client)
    this.server = createServerMachine(options.server)
    this.content = options.content ?? bytes('Subject: hi\r\n\r\nhello\r\n')
  }

  run(): this {
    const implicit = this.options.client.tls === 'implicit' ? tls : undefined
    this.feed('server', { type: 'opened', tls: implicit })
    this.feed('client', { type: 'opened', tls: implicit })
    for (let i = 0; i < 1_000_000 && this.step(); i++);
    return this
  }

  get clientOutcome(): Outcome | undefined {
    return this.outcomes.client[0]
  }

  codes(side: 'client' | 'server'): string[] {
    return this.notes[side].flatMap((note) => (note.kind === 'finding' ? [note.code] : []))
  }

  private step(): boolean {
    if (this.secure.client && this.secure.server) {
      this.secure = { client: false, server: false }
      this.toServer = []
      this.toClient = []
      this.feed('server', { type: 'secured', tls })
      this.feed('client', { type: 'secured', tls })
      return true
    }
    if (this.toServer.length > 0 && !this.server.waiting && this.server.state !== 'done') {
      this.feed('server', { type: 'bytes', bytes: this.take(this.toServer) })
      return true
    }
    if (this.toClient.length > 0) {
      this.feed('client', { type: 'bytes', bytes: this.take(this.toClient) })
      return true
    }
    if (this.server.state === 'done' && this.client.state !== 'done') return this.gone('client')
    if (this.client.state === 'done' && this.server.state !== 'done' && !this.server.waiting)
      return this.gone('server')
    return false
  }

  private gone(side: 'client' | 'server'): boolean {
    this.feed(side, { type: 'ended', how: 'closed', message: 'closed' })
    return true
  }

  private take(queue: number[]): Uint8Array {
    const size = Math.max(1, Math.min(queue.length, this.options.cut?.(queue.length) ?? queue.length))
    return Uint8Array.from(queue.splice(0, size))
  }

  feed(side: 'client' | 'server', input: Input): void {
    const machine: Machine = this[side]
    const effects = machine.handle(input)
    this.states[side].add(machine.state)
    for (const effect of effects) this.perform(side, effect)
    this.states[side].add(machine.state)
  }

  private perform(side: 'client' | 'server', effect: Effect): void {
    if (effect.type === 'note') this.notes[side].push(effect.note)
    else if (effect.type === 'done') this.outcomes[side].push(effect.outcome)
    else if (effect.type === 'secure') this.secure[side] = true
    else if (effect.type === 'send') this.send(side, effect.line)
    else if (effect.type === 'pull') this.pull(effect.max)
    else if (effect.type === 'content') this.received.push(effect.bytes)
    else if (effect.type === 'ask') this.answer(effect.id, effect.question)
    else if (effect.type === 'derive')
      this.feed('client', { type: 'derived', id: effect.id, key: derive(effect.derivation) })
  }

  private send(side: 'client' | 'server', line: Outgoing): void {
    if (this.dropped) return
    if (side === 'client' && ++this.lines === this.options.dropAt) {
      this.dropped = true
      this.toServer = []
      this.toClient = []
      this.feed('client', { type: 'ended', how: 'dropped', message: 'dropped' })
      if (this.server.state !== 'done') this.feed('server', { type: 'ended', how: 'reset', message: 'reset' })
      return
    }
    const changed = (side === 'client' ? this.options.gate : this.options.serverGate)?.(line)
    if (changed === 'skip') return this.feed(side, { type: 'skipped', id: line.id })
    const wire = changed ?? line.bytes
    if (side === 'client') this.said.push(text(wire))
    const queue = side === 'client' ? this.toServer : this.toClient
    for (const octet of wire) queue.push(octet)
    this.feed(side, changed ? { type: 'sent', id: line.id, bytes: changed } : { type: 'sent', id: line.id })
  }

  private pull(max: number): void {
    const size = Math.min(max, this.content.length, 1000)
    const part = this.content.subarray(0, size)
    this.content = this.content.subarray(size)
    this.feed('client', { type: 'content', bytes: part, last: this.content.length === 0 })
  }

  private answer(id: number, question: Question): void {
    this.questions.push(question)
    const answer = (this.options.policy ?? decide)(question)
    if (question.kind === 'content') this.received.length = 0
    if (question.kind === 'commit' && answer.accept) this.messages.push(this.received.map(text).join(''))
    this.feed('server', { type: 'answer', id, answer })
  }
}

export const pump = (
  client: Partial<ClientOptions> = {},
  more: Partial<Omit<PumpOptions, 'client'>> = {},
): Pump => new Pump({ client: clientOptions(client), server: serverOptions(), ...more }).run()
