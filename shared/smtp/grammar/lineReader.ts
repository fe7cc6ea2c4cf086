/**
 * Owns: cutting a stream of octets into lines. Only CRLF ends a line (RFC 5321 §2.3.8); a bare LF or CR is content,
 * counted and reported. Memory is bounded by `max` for a line; lines are handed out one at a time (`next`), so that
 * the caller can stop at STARTTLS, DATA or BDAT and take the unread octets as they are.
 *
 * A line that lies whole in one pushed array is a subarray of it; every octet is looked at once and copied at most once.
 */
import { concat } from '../../bytes/bytes.ts'

const LF = 10
const CR = 13
const none: Uint8Array = new Uint8Array(0)

export interface Line {
  /** As received, line end included; of an over-long line the first `max` octets. */
  raw: Uint8Array
  /** `raw` without its line end. */
  content: Uint8Array
  /** How the line ended; `none` for the unfinished line given by `flush`. `lf` only with `lenientLf`. */
  end: 'crlf' | 'lf' | 'none'
  /** True octets of the line, line end included. */
  size: number
  /** Only the first `max` octets were kept; `size` says how many there were. */
  cut: boolean
  /** LF and CR in `content`: they did not end the line. */
  bareLf: number
  bareCr: number
}

export interface LineReaderOptions {
  /** Octets kept of one line, line end included. RFC 5321 §4.5.3.1: commands and replies 512, AUTH 12288 (RFC 4954 §4). */
  max: number
  /** A bare LF ends a line too, marked `end: 'lf'`: for reading replies of broken servers, never for commands. */
  lenientLf?: boolean
}

export class LineReader {
  readonly #max: number
  readonly #lenientLf: boolean
  #chunks: Uint8Array[] = []
  #head = 0
  /** Where the unread part of the head chunk begins. */
  #at = 0
  #waiting = 0
  /** Beginning of a line that straddles chunks; grows by doubling up to `max`. */
  #partial: Uint8Array = none
  #kept = 0
  #size = 0
  #last = -1

  constructor(options: LineReaderOptions) {
    if (!Number.isInteger(options.max) || options.max < 2)
      throw new RangeError(`max is ${options.max}; a line needs 2 octets or more`)
    this.#max = options.max
    this.#lenientLf = options.lenientLf === true
  }

  /** Takes octets; keeps a reference, never changes them. Then call `next` until null. */
  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#chunks.push(bytes)
    this.#waiting += bytes.length
  }

  /** Octets held: not handed out yet. The caller stops reading the socket when it lets them pile up. */
  get buffered(): number {
    return this.#waiting + this.#kept
  }

  /** True octets so far of the unfinished line, when `next` gave null: a caller may hang up on a line without end. */
  get unfinished(): number {
    return this.#size
  }

  /** The next whole line, or null until more octets come. */
  next(): Line | null {
    let chunk = this.#chunks[this.#head]
    while (chunk !== undefined) {
      const stop = this.#findEnd(chunk)
      if (stop > 0) return this.#takeLine(chunk, stop)
      this.#absorb(chunk.subarray(this.#at))
      this.#advance(chunk.length)
      chunk = this.#chunks[this.#head]
    }
    return null
  }

  /** Takes everything unread, the kept beginning of an unfinished line included, and leaves the reader empty. */
  rest(): Uint8Array {
    const parts: Uint8Array[] = [this.#partial.slice(0, this.#kept)]
    for (let i = this.#head; i < this.#chunks.length; i++) {
      const chunk = this.#chunks[i]!
      parts.push(i === this.#head ? chunk.subarray(this.#at) : chunk)
    }
    this.clear()
    return concat(parts.filter((part) => part.length > 0))
  }

  /** Forgets everything unread; answers how many octets it held. */
  clear(): number {
    const held = this.buffered
    this.#chunks = []
    this.#head = this.#at = this.#waiting = 0
    this.#startLine()
    return held
  }

  /** The stream ended: whole lines first, then the unfinished last one, then null. */
  flush(): Line | null {
    const line = this.next()
    if (line !== null || this.#size === 0) return line
    return this.#makeLine(this.#partial.slice(0, this.#kept), this.#size, 'none')
  }

  /** Index after the LF that ends the line in this chunk, or 0. */
  #findEnd(chunk: Uint8Array): number {
    let lf = chunk.indexOf(LF, this.#at)
    while (lf >= 0) {
      const before = lf > this.#at ? chunk[lf - 1] : this.#last
      if (before === CR || this.#lenientLf) return lf + 1
      lf = chunk.indexOf(LF, lf + 1)
    }
    return 0
  }

  #takeLine(chunk: Uint8Array, stop: number): Line {
    const piece = chunk.subarray(this.#at, stop)
    this.#advance(stop)
    const before = piece.length > 1 ? piece[piece.length - 2] : this.#last
    const end = before === CR ? 'crlf' : 'lf'
    if (this.#size === 0) return this.#makeLine(piece.subarray(0, this.#max), piece.length, end)
    this.#absorb(piece)
    return this.#makeLine(this.#partial.slice(0, this.#kept), this.#size, end)
  }

  #makeLine(raw: Uint8Array, size: number, end: Line['end']): Line {
    this.#startLine()
    const endSize = end === 'crlf' ? 2 : end === 'lf' ? 1 : 0
    const content = raw.subarray(0, Math.min(raw.length, size - endSize))
    const cut = raw.length < size
    return { raw, content, end, size, cut, bareLf: count(content, LF), bareCr: count(content, CR) }
  }

  #absorb(piece: Uint8Array): void {
    const wanted = Math.min(this.#max, this.#kept + piece.length)
    if (wanted > this.#partial.length) {
      const grown = new Uint8Array(Math.min(this.#max, Math.max(wanted, this.#partial.length * 2, 256)))
      grown.set(this.#partial.subarray(0, this.#kept))
      this.#partial = grown
    }
    this.#partial.set(piece.subarray(0, wanted - this.#kept), this.#kept)
    this.#kept = wanted
    this.#size += piece.length
    if (piece.length > 0) this.#last = piece[piece.length - 1]!
  }

  #advance(to: number): void {
    this.#waiting -= to - this.#at
    this.#at = to
    if (to < this.#chunks[this.#head]!.length) return
    this.#at = 0
    this.#head++
    // Dropping read chunks only when they are half of the list keeps the whole work linear.
    if (this.#head * 2 >= this.#chunks.length) {
      this.#chunks.splice(0, this.#head)
      this.#head = 0
    }
  }

  #startLine(): void {
    this.#kept = this.#size = 0
    this.#last = -1
  }
}

function count(bytes: Uint8Array, value: number): number {
  let found = 0
  for (let i = bytes.indexOf(value); i >= 0; i = bytes.indexOf(value, i + 1)) found++
  return found
}
