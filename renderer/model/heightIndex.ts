/**
 * Owns: heights of the rows of a long list and the two questions about them: where does row i begin, and which row is
 * at y. A Fenwick tree, so that appending, correcting one height and both questions cost O(log n) with a million rows.
 */

export class HeightIndex {
  #size = 0
  #heights = new Float64Array(1024)
  /** tree[i] is the sum of the `i & -i` heights that end with row i - 1. */
  #tree = new Float64Array(1025)

  get size(): number {
    return this.#size
  }

  append(height: number): void {
    if (this.#size === this.#heights.length) this.#grow()
    this.#heights[this.#size] = height
    const node = ++this.#size
    let sum = height
    for (let step = 1; step < (node & -node); step <<= 1) sum += this.#tree[node - step]!
    this.#tree[node] = sum
  }

  /** Forget the rows from `size` on. */
  truncate(size: number): void {
    this.#size = Math.min(this.#size, Math.max(0, size))
  }

  height(index: number): number {
    return index < this.#size ? this.#heights[index]! : 0
  }

  /** Answers whether anything changed. */
  set(index: number, height: number): boolean {
    if (index < 0 || index >= this.#size) return false
    const difference = height - this.#heights[index]!
    if (difference === 0) return false
    this.#heights[index] = height
    for (let node = index + 1; node <= this.#size; node += node & -node) this.#tree[node]! += difference
    return true
  }

  /** Sum of the heights before `index`. */
  offset(index: number): number {
    let sum = 0
    for (let node = Math.min(index, this.#size); node > 0; node -= node & -node) sum += this.#tree[node]!
    return sum
  }

  get total(): number {
    return this.offset(this.#size)
  }

  /** The row that covers `y`; the last row below the end, 0 above the start. */
  at(y: number): number {
    let node = 0
    let rest = y
    let step = 1
    while (step << 1 <= this.#size) step <<= 1
    for (; step > 0; step >>= 1) {
      const next = node + step
      if (next <= this.#size && this.#tree[next]! <= rest) {
        node = next
        rest -= this.#tree[next]!
      }
    }
    return Math.max(0, Math.min(node, this.#size - 1))
  }

  #grow(): void {
    const heights = new Float64Array(this.#heights.length * 2)
    heights.set(this.#heights)
    this.#heights = heights
    const tree = new Float64Array(this.#tree.length * 2)
    tree.set(this.#tree)
    this.#tree = tree
  }
}
