/**
 * Owns: what waits for one webhook: in order, one at a time, tried again with growing pauses, given up after the last try.
 * Bounded; what finds no place is counted. In memory: what waits when the program ends is not sent.
 */
import { type Delivery, webhookLimits } from '#shared/rpc/contract/suiteApi.ts'
import type { Clock } from '../ports.ts'
import type { Delivered } from './deliver.ts'

/** Milliseconds before the second try, the third, and so on. */
export const pauses = [500, 2_000, 8_000, 30_000, 120_000]

export interface Waiting {
  event: Delivery['event']
  about: string
  /** JSON. */
  data: unknown
}

export interface QueueDeps {
  clock: Pick<Clock, 'now'>
  newId: () => string
  /** One try. Never rejects. */
  send: (delivery: Delivery, data: unknown, signal: AbortSignal) => Promise<Delivered>
  changed: () => void
  pauses?: readonly number[]
  most?: number
}

export class WebhookQueue {
  readonly id: string
  readonly #deps: QueueDeps
  readonly #end = new AbortController()
  readonly #waiting: { delivery: Delivery; data: unknown }[] = []
  /** Newest last. */
  #results: Delivery[] = []
  #running = false
  dropped = 0

  constructor(id: string, deps: QueueDeps) {
    this.id = id
    this.#deps = deps
  }

  get pending(): number {
    return this.#waiting.length
  }

  /** Newest first; those that wait are the newest. */
  get deliveries(): Delivery[] {
    const waiting = this.#waiting.slice(-webhookLimits.results).map(({ delivery }) => delivery)
    return [...this.#results, ...waiting].toReversed().slice(0, webhookLimits.results)
  }

  add({ event, about, data }: Waiting): void {
    if (this.#end.signal.aborted) return
    const { clock, newId, changed, most = webhookLimits.pending } = this.#deps
    if (this.#waiting.length >= most) {
      this.dropped++
      return changed()
    }
    const queuedAt = clock.now().toISOString()
    const delivery: Delivery = { id: newId(), webhook: this.id, event, about, queuedAt, state: 'waiting', attempts: 0, words: 'Not sent yet.' } // prettier-ignore
    this.#waiting.push({ delivery, data })
    changed()
    if (!this.#running) void this.#run()
  }

  /** What waits is given up. */
  stop(): void {
    this.#waiting.length = 0
    this.#end.abort()
  }

  async #run(): Promise<void> {
    this.#running = true
    for (let head = this.#waiting[0]; head !== undefined; head = this.#waiting[0]) {
      await this.#untilOver(head.delivery, head.data)
      if (this.#end.signal.aborted) return
      this.#waiting.shift()
      this.#results = [...this.#results, head.delivery].slice(-webhookLimits.results)
      this.#deps.changed()
    }
    this.#running = false
  }

  async #untilOver(delivery: Delivery, data: unknown): Promise<void> {
    const waits = this.#deps.pauses ?? pauses
    const { signal } = this.#end
    for (;;) {
      delivery.attempts++
      delete delivery.nextAt
      const result = await this.#deps.send(delivery, data, signal)
      if (signal.aborted) return
      delivery.words = result.words
      if (result.status !== undefined) delivery.status = result.status
      else delete delivery.status
      const pause = waits[delivery.attempts - 1]
      if (result.ok || !result.again || pause === undefined) {
        delivery.state = result.ok ? 'delivered' : 'failed'
        return
      }
      await this.#pause(delivery, Math.max(pause, result.after ?? 0))
      if (signal.aborted) return
    }
  }

  #pause(delivery: Delivery, time: number): Promise<void> {
    delivery.nextAt = new Date(this.#deps.clock.now().getTime() + time).toISOString()
    this.#deps.changed()
    return new Promise((resolve) => {
      const timer = setTimeout(done, time)
      const { signal } = this.#end
      function done(): void {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done)
    })
  }
}
