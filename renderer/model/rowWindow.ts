/**
 * Owns: which rows of a long list are drawn. Heights are guessed, corrected by what was measured, and remembered by
 * the row's key. Rows before `settled` never change; the rest is laid out anew on each sync, so a live list costs what
 * is new and not what is there.
 */
import { HeightIndex } from './heightIndex.ts'

export type RowKey = string | number

export interface RowSource {
  count: number
  settled: number
  /** Changes when settled rows were replaced. */
  resetKey: RowKey
  estimate: (index: number) => number
  rowKey: (index: number) => RowKey
}

const overscan = 8

export class RowWindow {
  readonly heights = new HeightIndex()
  readonly #measured = new Map<RowKey, number>()
  #settled = 0
  #resetKey: RowKey = ''

  sync(source: RowSource): void {
    if (source.resetKey !== this.#resetKey) {
      this.#resetKey = source.resetKey
      this.#settled = 0
      this.#measured.clear()
    }
    this.heights.truncate(Math.min(this.#settled, source.count))
    for (let i = this.heights.size; i < source.count; i++)
      this.heights.append(this.#measured.get(source.rowKey(i)) ?? source.estimate(i))
    this.#settled = source.settled
  }

  /** First and last row to draw for a viewport that begins at `top`; last is -1 for an empty list. */
  range(top: number, height: number): { first: number; last: number } {
    const size = this.heights.size
    if (size === 0) return { first: 0, last: -1 }
    return {
      first: Math.max(0, this.heights.at(top) - overscan),
      last: Math.min(size - 1, this.heights.at(top + height) + overscan),
    }
  }

  /** A drawn row's real height. Answers whether rows below it have moved. */
  measured(index: number, key: RowKey, height: number): boolean {
    if (height <= 0 || !this.heights.set(index, height)) return false
    this.#measured.set(key, height)
    return true
  }

  /** Where to scroll so that the row is in sight, or null when it is. */
  reveal(index: number, top: number, height: number): number | null {
    const start = this.heights.offset(index)
    const end = start + this.heights.height(index)
    if (start < top) return Math.max(0, start - 40)
    return end > top + height ? end - height + 8 : null
  }
}
