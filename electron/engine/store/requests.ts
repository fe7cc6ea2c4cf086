/** Owns: who waits for which answer of the store's thread, and how many octets are under way to it. */
import { toStoreError } from './faults.ts'
import type { StoreError } from './types.ts'
import type { Fault, FromWorker, ReadResult } from './wireTypes.ts'

/**
 * Octets under way above which writers are asked to wait, and below which they may go on. Buffers that leave and come
 * back are growth to the collector: with 8 MiB under way each such swing had it collect the whole heap.
 */
const highWater = 3 << 20
const lowWater = 3 << 19

interface PendingWrite {
  size: number
  done: (count: number) => void
  failed: (error: StoreError) => void
}
interface PendingRead {
  done: (value: ReadResult) => void
  failed: (error: StoreError) => void
}

export class Requests {
  /** In the order of sending; answered from the front. `#front` spares moving the rest at each answer. */
  #writes: PendingWrite[] = []
  #front = 0
  #answered = 0
  readonly #reads = new Map<number, PendingRead>()
  #lastRead = 0
  #underWay = 0
  #waiting: (() => void)[] = []

  get ready(): boolean {
    return this.#underWay < highWater
  }

  whenReady(): Promise<void> {
    if (this.ready) return Promise.resolve()
    return new Promise((done) => this.#waiting.push(done))
  }

  /** Resolves with the rows removed, where that was asked for. */
  write(size: number): Promise<number> {
    this.#underWay += size
    return new Promise((done, failed) => this.#writes.push({ size, done, failed }))
  }

  read(): { id: number; value: Promise<ReadResult> } {
    const id = ++this.#lastRead
    return { id, value: new Promise((done, failed) => this.#reads.set(id, { done, failed })) }
  }

  written({ upTo, failed, counts }: Extract<FromWorker, { type: 'written' }>): void {
    const faults = new Map<number, Fault>(failed)
    const removed = new Map<number, number>(counts)
    while (this.#answered < upTo) {
      const write = this.#writes[this.#front++]
      this.#answered++
      if (write === undefined) break
      this.#underWay -= write.size
      const fault = faults.get(this.#answered)
      if (fault === undefined) write.done(removed.get(this.#answered) ?? 0)
      else write.failed(toStoreError(fault))
    }
    if (this.#front > 1024 || this.#front === this.#writes.length) {
      this.#writes = this.#writes.slice(this.#front)
      this.#front = 0
    }
    if (this.#underWay < lowWater) this.#wake()
  }

  readDone(id: number, value: ReadResult): void {
    this.#reads.get(id)?.done(value)
    this.#reads.delete(id)
  }

  readFailed(id: number, fault: Fault): void {
    this.#reads.get(id)?.failed(toStoreError(fault))
    this.#reads.delete(id)
  }

  /** The thread is gone: everyone learns it. */
  failAll(error: StoreError): void {
    const writes = this.#writes.slice(this.#front)
    this.#writes = []
    this.#front = 0
    this.#underWay = 0
    for (const write of writes) write.failed(error)
    for (const read of this.#reads.values()) read.failed(error)
    this.#reads.clear()
    this.#wake()
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const done of waiting) done()
  }
}
