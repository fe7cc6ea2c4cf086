/** Owns: a bounded, numbered log of events in memory that many readers follow, each at its own pace. */
import type { Batch, StreamSource } from './types.ts'

/** Events are numbered from 1. The oldest give way when there are more than `capacity`; who reads late is told how many. */
export class EventLog<E> implements StreamSource<E> {
  readonly capacity: number
  #ring: E[] = []
  /** Number of the last event, and how many have been evicted: what is kept is numbered (evicted, last]. */
  #last = 0
  #evicted = 0
  #ended = false
  readonly #watchers = new Set<() => void>()

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`capacity ${capacity}: at least 1`)
    this.capacity = capacity
  }

  get last(): number {
    return this.#last
  }

  /** Answers with the event's number. Throws after the end: an event nobody could read would be lost unsaid. */
  append(event: E): number {
    if (this.#ended) throw new Error('This log has ended; nothing can follow.')
    this.#ring[this.#last % this.capacity] = event
    this.#last++
    if (this.#last - this.#evicted > this.capacity) this.#evicted++
    this.#tell()
    return this.#last
  }

  /** Nothing will follow. Safe to call twice. */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#tell()
    this.#watchers.clear()
  }

  read(after: number, max: number): Batch<E> {
    const start = Math.max(after, this.#evicted)
    const stop = Math.min(this.#last, start + max)
    const from = start % this.capacity
    const count = Math.max(0, stop - start)
    const events = this.#ring.slice(from, from + count)
    if (events.length < count) events.push(...this.#ring.slice(0, count - events.length))
    return { first: start + 1, events, lost: start - after, ended: this.#ended && stop >= this.#last }
  }

  watch(more: () => void): () => void {
    if (this.#ended) return () => {}
    // A box of its own, so that one function watching twice is two watchers.
    const watcher = (): void => more()
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher()
  }
}
