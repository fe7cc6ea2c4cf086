/**
 * Owns: heights of the rows of a long list and the two questions about them: where does row i begin, and which row is
 * at y. Rows are kept in blocks. Of a block that was never in sight only the number of rows is known, and each counts
 * as the usual height; so a million rows that arrive, or that a filter replaces, cost some thousand additions.
 */

/** Rows of a block. */
export const blockSize = 256

export class HeightIndex {
  #size = 0
  #usual = 28
  /** Heights of the blocks that were opened. */
  #open = new Map<number, Float64Array>()
  #sums: number[] = []
  /** Where each block begins, right for the first `#known` of them. */
  #starts: number[] = []
  #known = 0

  get size(): number {
    return this.#size
  }

  get total(): number {
    return this.#start(this.#sums.length)
  }

  isOpen(block: number): boolean {
    return this.#open.has(block)
  }

  clear(): void {
    this.#size = 0
    this.#open.clear()
    this.#sums = []
    this.#changed(0)
  }

  /** There are `size` rows now. New rows of open blocks, and rows from `from` on in them, get `heightOf`. */
  resize(size: number, from: number, heightOf: (index: number) => number): void {
    const first = Math.floor(Math.min(from, this.#size) / blockSize)
    this.#size = size
    const blocks = Math.ceil(size / blockSize)
    this.#sums.length = Math.min(this.#sums.length, blocks)
    for (const block of this.#open.keys()) if (block >= blocks) this.#open.delete(block)
    for (let block = first; block < blocks; block++) this.#fill(block, from, heightOf)
    this.#changed(first)
  }

  /** What a row of a block that was never in sight counts. */
  assume(usual: number): void {
    this.#usual = usual
  }

  /** Asks for the height of every row of the block, once. */
  open(block: number, heightOf: (index: number) => number): void {
    if (this.#open.has(block) || block * blockSize >= this.#size) return
    this.#open.set(block, new Float64Array(blockSize))
    this.#fill(block, 0, heightOf)
    this.#changed(block)
  }

  height(index: number): number {
    if (index < 0 || index >= this.#size) return 0
    return this.#open.get(Math.floor(index / blockSize))?.[index % blockSize] ?? this.#usual
  }

  /** Corrects a row of an open block. Answers whether anything changed. */
  set(index: number, height: number): boolean {
    const block = Math.floor(index / blockSize)
    const heights = this.#open.get(block)
    if (index < 0 || index >= this.#size || heights === undefined) return false
    const difference = height - heights[index % blockSize]!
    if (difference === 0) return false
    heights[index % blockSize] = height
    this.#sums[block]! += difference
    this.#changed(block)
    return true
  }

  /** Sum of the heights before `index`. */
  offset(index: number): number {
    const end = Math.max(0, Math.min(index, this.#size))
    const block = Math.floor(end / blockSize)
    let sum = this.#start(block)
    const heights = this.#open.get(block)
    const rows = end % blockSize
    if (heights === undefined) return sum + rows * this.#usual
    for (let row = 0; row < rows; row++) sum += heights[row]!
    return sum
  }

  /** The row that covers `y`; the last row below the end, 0 above the start. */
  at(y: number): number {
    const block = this.#blockAt(y)
    let rest = y - this.#start(block)
    const rows = Math.min(blockSize, this.#size - block * blockSize)
    const heights = this.#open.get(block)
    let row = 0
    if (heights === undefined) row = Math.floor(rest / this.#usual)
    else for (; row < rows - 1 && heights[row]! <= rest; row++) rest -= heights[row]!
    return Math.max(0, Math.min(block * blockSize + Math.min(row, rows - 1), this.#size - 1))
  }

  #blockAt(y: number): number {
    let low = 0
    let high = Math.max(0, this.#sums.length - 1)
    this.#start(high)
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= y) low = middle
      else high = middle - 1
    }
    return low
  }

  #fill(block: number, from: number, heightOf: (index: number) => number): void {
    const first = block * blockSize
    const rows = Math.min(blockSize, this.#size - first)
    const heights = this.#open.get(block)
    if (heights === undefined) {
      this.#sums[block] = rows * this.#usual
      return
    }
    let sum = 0
    for (let row = 0; row < rows; row++) {
      if (first + row >= from || heights[row] === 0) heights[row] = heightOf(first + row)
      sum += heights[row]!
    }
    heights.fill(0, rows)
    this.#sums[block] = sum
  }

  #changed(block: number): void {
    this.#known = Math.min(this.#known, block + 1)
  }

  #start(block: number): number {
    if (this.#known === 0) {
      this.#starts[0] = 0
      this.#known = 1
    }
    for (; this.#known <= block; this.#known++)
      this.#starts[this.#known] = this.#starts[this.#known - 1]! + (this.#sums[this.#known - 1] ?? 0)
    return this.#starts[block]!
  }
}
