/**
 * Owns: one content on its way to the store. It is cut into chunks of a fixed size; a small content crosses to the
 * store's thread in one piece together with its message.
 */
import type { NewQueued } from '../relay/types.ts'
import { messageId } from './messageId.ts'
import { queuedText } from './relayText.ts'
import type { QueuedText } from './relayWireTypes.ts'
import { chunkSize } from './schema.ts'
import { type ContentWriter, type NewMessage, StoreError } from './types.ts'
import type { WriteOp } from './wireTypes.ts'

/** What a writer needs of the store's client. */
export interface ContentSink {
  /** Resolves when durable. */
  write(op: WriteOp): Promise<number>
  /** False when so much is under way that callers should wait. */
  readonly ready: boolean
  whenReady(): Promise<void>
  /** Room for a chunk, with anything in it. */
  chunk(): Uint8Array
}

export class StoreContentWriter implements ContentWriter {
  readonly id: string
  readonly #sink: ContentSink
  readonly #of: { writer: number; session: string; body: number }
  #buffer: Uint8Array = new Uint8Array(0)
  #used = 0
  #chunks = 0
  #state: 'open' | 'finished' | 'discarded' = 'open'

  constructor(sink: ContentSink, of: { writer: number; session: string; body: number }) {
    this.#sink = sink
    this.#of = of
    this.id = messageId(of.session, of.body)
  }

  append(bytes: Uint8Array): boolean {
    if (this.#state !== 'open')
      throw new StoreError('failed', `Content ${this.id} is ${this.#state} already.`)
    let at = 0
    while (at < bytes.byteLength) {
      const part = bytes.subarray(at, at + chunkSize - this.#used)
      this.#reserve(this.#used + part.byteLength)
      this.#buffer.set(part, this.#used)
      this.#used += part.byteLength
      at += part.byteLength
      if (this.#used === chunkSize) this.#sendChunk()
    }
    return this.#sink.ready
  }

  drain(): Promise<void> {
    return this.#sink.whenReady()
  }

  keep(): Promise<void> {
    return this.#finish(null)
  }

  commit(message: NewMessage): Promise<void> {
    return this.#finish(message)
  }

  async queue({ message, legs }: NewQueued): Promise<void> {
    const { session, body } = this.#of
    if (message.id !== this.id || message.session !== session || message.body !== body)
      throw new StoreError('failed', `Content ${this.id} is not that of message ${message.id}.`)
    await this.#finish(null, queuedText(message, legs))
  }

  discard(): void {
    if (this.#state !== 'open') return
    this.#state = 'discarded'
    this.#forget()
  }

  #reserve(size: number): void {
    if (size <= this.#buffer.byteLength) return
    // What filled a chunk will mostly fill another: growing each by doubling would copy every octet twice.
    let room = this.#chunks > 0 ? chunkSize : Math.max(4096, this.#buffer.byteLength * 2)
    while (room < size) room *= 2
    const grown = room < chunkSize ? new Uint8Array(room) : this.#sink.chunk()
    grown.set(this.#buffer.subarray(0, this.#used))
    this.#buffer = grown
  }

  #take(): Uint8Array {
    const bytes = this.#buffer.subarray(0, this.#used)
    this.#buffer = new Uint8Array(0)
    this.#used = 0
    return bytes
  }

  #sendChunk(): void {
    this.#chunks++
    // Its failure is not lost: the store refuses every later part of this content with the same error.
    this.#sink.write({ ...this.#of, type: 'chunk', bytes: this.#take() }).catch(() => {})
  }

  async #finish(message: NewMessage | null, relay?: QueuedText): Promise<void> {
    if (this.#state !== 'open')
      throw new StoreError('failed', `Content ${this.id} is ${this.#state} already.`)
    this.#state = 'finished'
    try {
      const bytes = this.#take()
      const finish = { ...this.#of, type: 'finish' as const, bytes, message }
      await this.#sink.write(relay === undefined ? finish : { ...finish, relay })
    } catch (error) {
      this.#forget()
      throw error
    }
  }

  /** The store drops what it holds of this content; when it cannot, the next start does. */
  #forget(): void {
    this.#buffer = new Uint8Array(0)
    if (this.#chunks > 0) this.#sink.write({ type: 'discard', writer: this.#of.writer }).catch(() => {})
  }
}
