/**
 * Owns: which TCP connections a session becomes, and which packets. A reader takes what follows `220` to STARTTLS for
 * TLS records; the part inside TLS is therefore a connection of its own between the same ends.
 */
import type { EventOf, SessionSummary, TranscriptEvent } from '../../event.ts'
import { endsOf } from './address.ts'
import type { Packet } from './blocks.ts'
import { sealedWords } from './comments.ts'
import { type Side, TcpStream } from './tcpStream.ts'
import { isSpoken, type Spoken, unseenEnd, WireReader } from './wireOctets.ts'

const unseen = 'The message content is not in what was recorded; only its end is drawn.'

export class Conversation {
  readonly #head: SessionSummary
  readonly #events: readonly TranscriptEvent[]
  readonly #comments: ReadonlyMap<number, string[]>
  readonly #startedAt: number
  readonly #reader = new WireReader()
  #stream: TcpStream | null = null
  #streams = 0
  #connect: EventOf<'connect'> | undefined
  #tls: EventOf<'tls'> | undefined
  /** Whether what this stream carries was sealed; undefined before its first octets. */
  #sealed: boolean | undefined
  /** STARTTLS was answered with 220: in a reader's eyes this stream speaks TLS now. */
  #handedOver = false

  /** `comments` are those of `commentsBySeq`. */
  constructor(
    head: SessionSummary,
    events: readonly TranscriptEvent[],
    comments: ReadonlyMap<number, string[]>,
  ) {
    this.#head = head
    this.#events = events
    this.#comments = comments
    const started = Date.parse(head.startedAt)
    this.#startedAt = Number.isFinite(started) && started > 0 ? started * 1000 : 0
  }

  *packets(): Generator<Packet> {
    let next = this.#nextSpoken(0)
    for (const [i, event] of this.#events.entries()) {
      if (isSpoken(event)) {
        next = this.#nextSpoken(i + 1)
        yield* this.#speak(event, next)
      } else if (event.kind === 'connect') yield* this.#dial(event)
      else if (event.kind === 'tls') this.#tls = event
      else if (event.kind === 'end') yield* this.#end(event)
    }
  }

  /** Between two stretches there are few other events, so the search is short. */
  #nextSpoken(from: number): Spoken | undefined {
    for (let i = from; i < this.#events.length; i++) {
      const event = this.#events[i]!
      if (isSpoken(event)) return event
    }
    return undefined
  }

  *#dial(event: EventOf<'connect'>): Generator<Packet> {
    this.#connect = event
    this.#sealed = undefined
    this.#handedOver = false
    const { stream, notes } = this.#begin()
    const comments = [...notes, ...this.#beside(event)]
    if (event.outcome === 'connected') {
      yield* stream.connect(event.at, event.took, comments)
      return
    }
    this.#stream = null
    const why = event.fault?.message ?? event.outcome
    yield* stream.attempt(event.at - event.took, [...comments, `No connection: ${why}.`])
    if (event.outcome === 'refused') yield* stream.reset('server', event.at, [])
  }

  #begin(): { stream: TcpStream; notes: string[] } {
    const { client, server, notes } = endsOf(this.#head, this.#connect, this.#streams)
    this.#stream = new TcpStream({ client, server, notes }, this.#startedAt, this.#streams++)
    return { stream: this.#stream, notes }
  }

  *#speak(event: Spoken, next: Spoken | undefined): Generator<Packet> {
    const sealed = event.sealed === true
    let stream = this.#stream
    if (stream === null || this.#handedOver || (this.#sealed !== undefined && sealed !== this.#sealed)) {
      const again = this.#sealed !== undefined
      const begun = this.#begin()
      stream = begun.stream
      const words = again && sealed ? [sealedWords(this.#tls)] : []
      const at = again && this.#tls !== undefined ? this.#tls.at : event.at
      yield* stream.connect(Math.min(at, event.at), 0, [...words, ...begun.notes])
      this.#handedOver = false
    }
    this.#sealed = sealed
    const side: Side = event.direction === 'to-server' ? 'client' : 'server'
    let comments = this.#beside(event)
    for (const { octets, missing } of this.#reader.read(event, next)) {
      yield* stream.send(side, event.at, octets, missing, comments)
      comments = []
    }
    const end = unseenEnd(event, next)
    if (end !== null && next !== undefined) yield* stream.send('client', next.at, end, 0, [unseen])
    if (event.kind === 'reply' && event.phase === 'starttls' && event.code === 220) this.#handedOver = true
  }

  *#end(event: EventOf<'end'>): Generator<Packet> {
    const stream = this.#stream
    if (stream === null || !stream.open) return
    const comments = [...this.#beside(event), event.message]
    const near: Side = this.#head.role
    const far: Side = near === 'client' ? 'server' : 'client'
    const by = {
      client: 'client',
      server: 'server',
      network: far,
      person: near,
      'this-computer': near,
    } as const
    if (event.outcome === 'reset') yield* stream.reset(by[event.by], event.at, comments)
    else if (event.outcome === 'timeout') yield* stream.finish(near, event.at, comments)
    else yield* stream.finish(by[event.by], event.at, comments)
  }

  #beside(event: TranscriptEvent): readonly string[] {
    return this.#comments.get(event.seq) ?? []
  }
}
