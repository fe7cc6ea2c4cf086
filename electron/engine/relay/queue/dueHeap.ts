/** Owns: legs by the time of their next try: a binary heap, in which each entry knows its place, so that one can be taken out. */
import type { Entry } from './entry.ts'

export class DueHeap {
  readonly #heap: Entry[] = []

  get size(): number {
    return this.#heap.length
  }

  /** When the first is due. */
  get first(): number | undefined {
    return this.#heap[0]?.leg.nextAt
  }

  /** One that is in it already is moved to where its time belongs. */
  push(entry: Entry): void {
    if (entry.place < 0) entry.place = this.#heap.push(entry) - 1
    this.#up(entry.place)
    this.#down(entry.place)
  }

  remove(entry: Entry): void {
    const at = entry.place
    if (at < 0) return
    entry.place = -1
    const last = this.#heap.pop()!
    if (last === entry) return
    this.#put(last, at)
    this.#up(at)
    this.#down(last.place)
  }

  /** The first one, where its time has come. */
  take(now: number): Entry | undefined {
    const first = this.#heap[0]
    if (first === undefined || first.leg.nextAt > now) return undefined
    this.remove(first)
    return first
  }

  #put(entry: Entry, at: number): void {
    this.#heap[at] = entry
    entry.place = at
  }

  #up(from: number): void {
    const entry = this.#heap[from]!
    let at = from
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = this.#heap[above]!
      if (parent.leg.nextAt <= entry.leg.nextAt) break
      this.#put(parent, at)
      at = above
    }
    this.#put(entry, at)
  }

  #down(from: number): void {
    const entry = this.#heap[from]!
    const { length } = this.#heap
    let at = from
    for (let child = 2 * at + 1; child < length; child = 2 * at + 1) {
      const right = child + 1
      if (right < length && this.#heap[right]!.leg.nextAt < this.#heap[child]!.leg.nextAt) child = right
      const lower = this.#heap[child]!
      if (entry.leg.nextAt <= lower.leg.nextAt) break
      this.#put(lower, at)
      at = child
    }
    this.#put(entry, at)
  }
}
