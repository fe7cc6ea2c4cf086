/**
 * Owns: one subscription: what it has seen, what its listener is still busy with, how much more it may be sent. It
 * outlives connections: `opening` says how to go on after the last event that arrived.
 */
import type { z } from 'zod'
import type { Stream } from './contract/kinds.ts'
import type { Batch, RpcErrorCode, StreamListener } from './types.ts'
import type { ToClient, ToServer } from './wire.ts'
import { wireVersion } from './wire.ts'

type Fault = { code: RpcErrorCode; message: string }
type Incoming = Extract<ToClient, { t: 'batch' }>
const notUnderstood = 'The engine and this page do not understand each other: reload the page.'

export class ClientStream {
  /** Null: events come from this very program. */
  readonly #schema: z.ZodType | null
  readonly #name: string
  readonly #key: unknown
  readonly #listener: StreamListener<unknown>
  /** Batches that may be under way or in the listener's hands at once. */
  readonly #window: number
  readonly #grant: (batches: number) => void
  readonly #done: () => void
  #last: number
  #inHand = 0
  #chain: Promise<void> = Promise.resolve()
  #over = false

  constructor(
    about: { entry: Stream; name: string; key: unknown; after: number; window: number; near?: boolean },
    listener: StreamListener<unknown>,
    hooks: { grant: (batches: number) => void; done: () => void },
  ) {
    this.#schema = about.near === true ? null : about.entry.event
    this.#name = about.name
    this.#key = about.key
    this.#last = about.after
    this.#window = about.window
    this.#listener = listener
    this.#grant = hooks.grant
    this.#done = hooks.done
  }

  /** What asks for the rest, on a new connection too. Batches still in the listener's hands count against the credit. */
  opening(id: number): ToServer {
    const credit = Math.max(0, this.#window - this.#inHand)
    return { v: wireVersion, t: 'open', id, name: this.#name, key: this.#key, after: this.#last, credit }
  }

  receive(message: Incoming): void {
    if (this.#over) return
    const events = this.#read(message)
    if (events === null || this.#inHand >= this.#window || message.first !== this.#last + message.lost + 1)
      return this.fail({ code: 'internal', message: notUnderstood })
    this.#last = message.first + events.length - 1
    this.#inHand++
    const { first, lost, ended } = message
    this.#chain = this.#chain.then(() => this.#deliver({ first, events, lost, ended }))
  }

  /** Over, after what is still in hand: `null` when it ended by itself. */
  fail(fault: Fault): void {
    if (this.#over) return
    this.#chain = this.#chain.then(() => this.#finish(fault))
    this.#done()
  }

  /** The subscriber wants no more; nothing is called again. */
  stop(): void {
    this.#over = true
  }

  #read(message: Incoming): unknown[] | null {
    const schema = this.#schema
    if (schema === null) return message.events
    const events: unknown[] = []
    for (const event of message.events) {
      const read = schema.safeParse(event)
      if (!read.success) return null
      events.push(read.data)
    }
    return events
  }

  async #deliver(batch: Batch<unknown>): Promise<void> {
    if (this.#over) return
    try {
      await this.#listener.batch(batch)
    } catch {
      this.#done()
      return this.#finish({ code: 'internal', message: 'What shows this stream failed on an event.' })
    }
    this.#inHand--
    if (batch.ended) {
      this.#done()
      this.#finish(null)
    } else if (!this.#over) this.#grant(1)
  }

  #finish(fault: Fault | null): void {
    if (this.#over) return
    this.#over = true
    this.#listener.closed(fault)
  }
}
