/**
 * Owns: cutting a case file in its usual layout into lines. A line that is damaged costs that line only. Memory is
 * bounded by `limit`: of a longer line nothing is kept.
 */
export class LineCutter {
  readonly #limit: number
  readonly #take: (line: string | null, number: number) => void
  #parts: string[] = []
  #size = 0
  #number = 1

  /** `take` gets each line without its line end, or null for one that was too long. */
  constructor(limit: number, take: (line: string | null, number: number) => void) {
    this.#limit = limit
    this.#take = take
  }

  /** Number of the line that is being read. */
  get number(): number {
    return this.#number
  }

  push(piece: string): void {
    let from = 0
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
      this.#keep(piece.slice(from, at))
      this.#flush()
      from = at + 1
    }
    this.#keep(piece.slice(from))
  }

  /** The rest without a line end, if there is any. */
  end(): void {
    if (this.#size > 0) this.#flush()
  }

  #keep(text: string): void {
    this.#size += text.length
    if (this.#size > this.#limit) this.#parts = []
    else if (text !== '') this.#parts.push(text)
  }

  #flush(): void {
    this.#take(this.#size > this.#limit ? null : this.#parts.join(''), this.#number)
    this.#parts = []
    this.#size = 0
    this.#number++
  }
}
