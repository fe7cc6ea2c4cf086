/**
 * Owns: which rows of a long list are drawn. Heights are guessed, corrected by what was measured, and remembered by
 * the row's key. Rows before `settled` never change; the rest is laid out anew on each sync, so a live list costs what
 * is new and not what is there. Far from what is in sight nothing is asked about a row.
 */
import { blockSize, HeightIndex } from './heightIndex.ts'

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
const nowhere = { first: -1, last: -1 }
/** Blocks whose rows are asked for at once: a list of this length is laid out exactly from the start. */
const exactBlocks = 8
/** Measured rows remembered; a person does not scroll over more before the first of them may be guessed again. */
const mostMeasured = 50_000

export class RowWindow {
  readonly heights = new HeightIndex()
  readonly #measured = new Map<RowKey, number>()
  #settled = 0
  #resetKey: RowKey = ''
  #source: RowSource | null = null
  /** First and last row on the screen. */
  #drawn = nowhere

  readonly #heightOf = (index: number): number => {
    const source = this.#source!
    return this.#measured.get(source.rowKey(index)) ?? source.estimate(index)
  }

  sync(source: RowSource): void {
    this.#source = source
    if (source.resetKey !== this.#resetKey) {
      this.#resetKey = source.resetKey
      this.#settled = 0
      this.heights.clear()
      // Other rows have these places now.
      this.#drawn = nowhere
    }
    const had = this.heights.size
    this.heights.resize(source.count, Math.min(this.#settled, had), this.#heightOf)
    const blocks = Math.ceil(source.count / blockSize)
    for (let block = Math.floor(had / blockSize); block < Math.min(blocks, exactBlocks); block++)
      this.heights.open(block, this.#heightOf)
    if (had < blockSize && source.count >= blockSize) this.heights.assume(this.heights.offset(blockSize) / blockSize)
    this.#settled = source.settled
  } // prettier-ignore

  /**
   * First and last row to draw for a viewport that begins at `top`; last is -1 for an empty list. Where none of them is
   * on the screen yet, only what is in sight: `whole` is false then, and the rows around it come with the next draw.
   */
  range(top: number, height: number): { first: number; last: number; whole: boolean } {
    const size = this.heights.size
    if (size === 0) return { first: 0, last: -1, whole: true }
    const first = this.#exactAt(top)
    const last = this.#exactAt(top + height)
    if (last < this.#drawn.first || first > this.#drawn.last) return { first, last, whole: false }
    return {
      first: Math.max(0, first - overscan),
      last: Math.min(size - 1, last + overscan),
      whole: true,
    }
  }

  /** These rows are on the screen now. */
  drew(first: number, last: number): void {
    this.#drawn = { first, last }
  }

  /** A drawn row's real height. Answers whether rows below it have moved. */
  measured(index: number, key: RowKey, height: number): boolean {
    if (height <= 0 || !this.heights.set(index, height)) return false
    if (this.#measured.size >= mostMeasured) this.#measured.clear()
    this.#measured.set(key, height)
    return true
  }

  /** Where to scroll so that the row is in sight, or null when it is. */
  reveal(index: number, top: number, height: number): number | null {
    this.heights.open(Math.floor(index / blockSize), this.#heightOf)
    const start = this.heights.offset(index)
    const end = start + this.heights.height(index)
    if (start < top) return Math.max(0, start - 40)
    return end > top + height ? end - height + 8 : null
  }

  /** Opens what lies at `y`. The block's begin stays, so that a second look finds the row. */
  #exactAt(y: number): number {
    let index = this.heights.at(y)
    // Its rows may be lower than guessed: then a later block is at `y`. A screen spans few.
    for (let turns = 0; turns < exactBlocks && !this.heights.isOpen(Math.floor(index / blockSize)); turns++) {
      this.heights.open(Math.floor(index / blockSize), this.#heightOf)
      index = this.heights.at(y)
    }
    return index
  }
}
