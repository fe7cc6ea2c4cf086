/**
 * Owns: one stream towards one reader. Pulls from its source only while the reader has credit, so a burst waits in the
 * source (bounded, evicting) and never in a socket's buffer.
 */
import { RpcError } from './error.ts'
import type { Batch, StreamSource } from './types.ts'
import { wireLimits } from './wire.ts'

export interface StreamOut {
  batch(batch: Batch<unknown>): void
  /** The source failed; nothing follows. */
  failed(error: unknown): void
  /** The last batch is out; nothing follows. */
  ended(): void
}

export class ServerStream {
  readonly #out: StreamOut
  #source: StreamSource<unknown> | null = null
  #stop: (() => void) | null = null
  #after: number
  #credit: number
  #closed = false
  #running = false
  /** Something may have come while `read` was under way. */
  #again = false

  constructor(after: number, credit: number, out: StreamOut) {
    this.#after = after
    this.#credit = credit
    this.#out = out
  }

  attach(source: StreamSource<unknown>): void {
    if (this.#closed) return
    this.#source = source
    this.#stop = source.watch(() => this.#pump())
    this.#pump()
  }

  /** A reader cannot hoard credit: it is bounded. */
  grant(batches: number): void {
    this.#credit = Math.min(this.#credit + batches, wireLimits.credit)
    this.#pump()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#stop?.()
    this.#stop = null
    this.#source = null
  }

  #pump(): void {
    this.#again = true
    if (this.#running || this.#closed) return
    this.#running = true
    void this.#run()
  }

  async #run(): Promise<void> {
    try {
      while (this.#again && !this.#closed) {
        this.#again = false
        // Appends of one turn go out together instead of one by one.
        await Promise.resolve()
        while (this.#credit > 0 && (await this.#send()));
      }
    } catch (error) {
      if (!this.#closed) {
        this.close()
        this.#out.failed(error)
      }
    } finally {
      this.#running = false
    }
  }

  /** One batch; false when there is nothing (more) to send. */
  async #send(): Promise<boolean> {
    const source = this.#source
    if (source === null) return false
    const batch = await source.read(this.#after, wireLimits.batch)
    if (this.#closed) return false
    if (batch.first !== this.#after + batch.lost + 1 || batch.events.length > wireLimits.batch)
      throw new RpcError('internal', 'The stream came out of order.')
    if (batch.events.length === 0 && batch.lost === 0 && !batch.ended) return false
    this.#after = batch.first + batch.events.length - 1
    this.#credit--
    this.#out.batch(batch)
    if (!batch.ended) return true
    this.close()
    this.#out.ended()
    return false
  }
}
