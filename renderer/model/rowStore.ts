/**
 * Owns: the rows of a ladder in flat arrays: most rows are a line or a reply, and a million small objects would cost a
 * page more than everything that it draws. A row is made again when it is asked for; rare kinds are kept as they are.
 */
import type { LadderRow, Wall } from './ladderRows.ts'

const walls: readonly Wall[] = ['none', 'open', 'sealed']
/** Kinds that are nothing but numbers; 0 is any other. */
const flat = ['', 'line', 'reply', 'body'] as const

function grown<T extends Uint32Array | Uint8Array | Float64Array>(into: T, from: T): T {
  into.set(from)
  return into
}

export class RowStore {
  #length = 0
  #seqs = new Uint32Array(256)
  #kinds = new Uint8Array(256)
  #walls = new Uint8Array(256)
  /** Gap of a line or reply, number of a body. */
  #numbers = new Float64Array(256)
  readonly #others = new Map<number, LadderRow>()

  get length(): number {
    return this.#length
  }

  seq(index: number): number {
    return this.#seqs[index]!
  }

  push(row: LadderRow): void {
    if (this.#length === this.#seqs.length) this.#grow()
    this.set(this.#length++, row)
  }

  set(index: number, row: LadderRow): void {
    this.#seqs[index] = row.seq
    this.#walls[index] = walls.indexOf(row.wall)
    this.#others.delete(index)
    if (row.kind === 'line' || row.kind === 'reply') {
      this.#kinds[index] = row.kind === 'line' ? 1 : 2
      this.#numbers[index] = row.gap
    } else if (row.kind === 'body') {
      this.#kinds[index] = 3
      this.#numbers[index] = row.body
    } else {
      this.#kinds[index] = 0
      this.#others.set(index, row)
    }
  }

  at(index: number): LadderRow | undefined {
    if (index < 0 || index >= this.#length) return undefined
    const kind = flat[this.#kinds[index]!]!
    if (kind === '') return this.#others.get(index)
    const base = { seq: this.#seqs[index]!, wall: walls[this.#walls[index]!]! }
    const number = this.#numbers[index]!
    return kind === 'body' ? { ...base, kind, body: number } : { ...base, kind, gap: number }
  }

  /** The last row that begins at or before an event; -1 when there is none. */
  lastUpTo(seq: number): number {
    let low = -1
    let high = this.#length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#seqs[middle]! <= seq) low = middle
      else high = middle - 1
    }
    return low
  }

  *[Symbol.iterator](): Generator<LadderRow> {
    for (let index = 0; index < this.#length; index++) yield this.at(index)!
  }

  #grow(): void {
    const size = this.#seqs.length * 2
    this.#seqs = grown(new Uint32Array(size), this.#seqs)
    this.#kinds = grown(new Uint8Array(size), this.#kinds)
    this.#walls = grown(new Uint8Array(size), this.#walls)
    this.#numbers = grown(new Float64Array(size), this.#numbers)
  }
}
