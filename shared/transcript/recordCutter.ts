/**
 * Owns: cutting a JSON document into the elements of its `records` array, whatever its layout, without holding it: an
 * automaton over braces, brackets and strings. Memory is bounded by `limit`. It checks no grammar; JSON.parse does, on
 * each element.
 */

export type Cut =
  /** Text of one element, and the line it began on. */
  | { type: 'record'; text: string; line: number }
  /** The document as far as its records, which begin here. */
  | { type: 'begin'; text: string; line: number }
  /** An element longer than the limit was passed over. */
  | { type: 'too-long'; line: number }
  /** The document around the records, `records` itself emptied; after its last brace. */
  | { type: 'frame'; text: string; line: number }
  /** Something that can be no such document stands here; nothing more is read. */
  | { type: 'broken'; line: number }

export class RecordCutter {
  readonly #limit: number
  readonly #take: (cut: Cut) => void
  #depth = 0
  #inString = false
  #escaped = false
  /** Text of the element, or outside of the records of the frame. */
  #text: string[] = []
  #size = 0
  #overlong = false
  #frame: string[] = []
  #frameSize = 0
  /** Last characters of the frame, to find the key in. */
  #tail = ''
  #inRecords = false
  #line = 1
  #began = 1
  #begun = false
  #done = false

  constructor(limit: number, take: (cut: Cut) => void) {
    this.#limit = limit
    this.#take = take
  }

  /** True when the document is complete or given up. */
  get done(): boolean {
    return this.#done
  }

  get line(): number {
    return this.#line
  }

  push(piece: string): void {
    let from = 0
    for (let at = 0; at < piece.length && !this.#done; at++) {
      const char = piece[at]!
      if (char === '\n') this.#line++
      else if (this.#inRecords && !this.#begun && char > ' ') {
        this.#begun = true
        this.#began = this.#line
      }
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (char === '\\') this.#escaped = true
        else if (char === '"') this.#inString = false
      } else if (char === '"') this.#inString = true
      else if ('{}[],'.includes(char)) from = this.#structure(char, piece, from, at)
    }
    if (!this.#done) this.#keep(piece.slice(from))
  }

  /** Handles a structural character; answers where the text not yet kept begins. */
  #structure(char: string, piece: string, from: number, at: number): number {
    if (char === ',') {
      if (!this.#inRecords || this.#depth !== 2) return from
      this.#keep(piece.slice(from, at))
      this.#element()
      return at + 1
    }
    if (char === '{' || char === '[') {
      this.#depth++
      const opens =
        this.#depth === 2 && char === '[' && !this.#inRecords && this.#isRecordsKey(piece.slice(from, at))
      if (!opens) return from
      this.#keep(piece.slice(from, at + 1))
      this.#take({ type: 'begin', text: this.#frame.join(''), line: this.#line })
      this.#inRecords = true
      this.#begun = false
      return at + 1
    }
    return this.#closing(piece, from, at)
  }

  #closing(piece: string, from: number, at: number): number {
    this.#depth--
    if (this.#depth < 0) return this.#stop({ type: 'broken', line: this.#line }, at)
    if (this.#inRecords && this.#depth === 1) {
      this.#keep(piece.slice(from, at))
      this.#element()
      this.#inRecords = false
      return at
    }
    if (this.#depth > 0) return from
    this.#keep(piece.slice(from, at + 1))
    return this.#stop({ type: 'frame', text: this.#frame.join(''), line: this.#line }, at + 1)
  }

  #stop(cut: Cut, at: number): number {
    this.#done = true
    this.#take(cut)
    return at
  }

  /** The key before a bracket that opens at the top level. */
  #isRecordsKey(before: string): boolean {
    // Cut before joining: a document of a million empty arrays would be copied a million times.
    return /"records"\s*:\s*$/.test((this.#tail + before.slice(-100)).slice(-100))
  }

  #keep(text: string): void {
    if (text === '') return
    if (!this.#inRecords) {
      this.#frameSize += text.length
      if (this.#frameSize > this.#limit) this.#stop({ type: 'broken', line: this.#line }, 0)
      else this.#frame.push(text)
      this.#tail = (this.#tail + text.slice(-100)).slice(-100)
      return
    }
    if (this.#size === 0 && text.trim() === '') return
    this.#size += text.length
    if (this.#size > this.#limit) {
      this.#overlong = true
      this.#text = []
    } else this.#text.push(text)
  }

  #element(): void {
    const line = this.#began
    if (this.#overlong) this.#take({ type: 'too-long', line })
    else if (this.#size > 0) this.#take({ type: 'record', text: this.#text.join('').trim(), line })
    this.#text = []
    this.#size = 0
    this.#overlong = false
    this.#begun = false
  }
}
