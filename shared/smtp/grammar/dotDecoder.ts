/**
 * Owns: the transparency procedure from the wire (RFC 5321 §4.5.2), as a stream. Only CRLF.CRLF ends the data (§4.1.1.4),
 * the CRLF of the DATA command counting as the first. A bare LF or CR is content; it is counted, and a dot alone
 * between line ends of any other kind is reported as what it may be: an attempt to smuggle a second message
 * (CVE-2023-51764, CVE-2023-51765, CVE-2023-51766).
 */
import { concat } from '../../bytes/bytes.ts'
import type { LineEnd, LineEndReport } from './lineEnds.ts'
import { LineEndSeeker } from './lineEndSeeker.ts'

const LF = 10
const CR = 13
const DOT = 46
const none = new Uint8Array(0)
const maxReported = 16
/** A wire of `CRLF.x` over and over would become thousands of tiny pieces, and as many effects: more than this are joined. */
const maxPieces = 8

export interface Decoded {
  /** Content in order; the last line's CRLF belongs to the content. Mostly subarrays of what was pushed. */
  content: Uint8Array[]
  ended: boolean
  /** Octets after the end (pipelined commands); empty unless `ended`. */
  rest: Uint8Array
}

export class DotDecoder {
  ended = false
  /** Octets of content given so far. */
  size = 0
  /** Octets of the longest line that has ended, its end included and the dot that was added on the way not. */
  longestLine = 0
  readonly report: LineEndReport = {
    bareLf: 0,
    bareCr: 0,
    firstBareLf: null,
    firstBareCr: null,
    smuggling: [],
    smugglings: 0,
  }

  /** Wire offset of the first octet of what is being pushed. */
  #base = 0
  /** Wire offset where the current line began, how the line before it ended, and whether it begins with a dot. */
  #lineStart = 0
  #lastEnd: LineEnd = 'CRLF'
  #dot = false
  #last = -1
  /** A CR after a line's lone dot: the end if LF follows, else content. It is not given out until that is known. */
  #heldCr = false
  #pieces: Uint8Array[] = []
  /** Index in the chunk where content not given out yet begins. */
  #from = 0

  /** Takes wire octets. After the end it takes none: everything comes back in `rest`. */
  push(wire: Uint8Array): Decoded {
    if (this.ended) return { content: [], ended: true, rest: wire }
    if (wire.length === 0) return { content: [], ended: false, rest: none }
    this.#pieces = []
    this.#from = 0
    const stop = this.#scan(wire)
    if (stop < 0) this.#finishChunk(wire)
    for (const piece of this.#pieces) this.size += piece.length
    const content = this.#pieces.length > maxPieces ? [concat(this.#pieces)] : this.#pieces
    return { content, ended: this.ended, rest: this.ended ? wire.subarray(stop) : none }
  }

  /** Index after the final LF, or -1 when the data go on. */
  #scan(wire: Uint8Array): number {
    if (this.#last === CR && wire[0] !== LF) {
      if (this.#heldCr) this.#pieces.push(Uint8Array.of(CR))
      this.#lineEnd('CR', -1, 0, wire)
    } else if (this.#lineStart === this.#base) this.#startLine(wire, 0)
    this.#heldCr = false
    return this.#lineEnds(wire)
  }

  #lineEnds(wire: Uint8Array): number {
    const seeker = new LineEndSeeker(wire)
    for (let at = this.#usualLines(seeker, 0, wire); at >= 0;) {
      const cr = wire[at] === CR
      // The last octet's meaning is in the next chunk.
      if (cr && at + 1 === wire.length) return -1
      const lf = cr ? at + 1 : at
      if (wire[lf] !== LF) {
        this.#lineEnd('CR', at, lf, wire)
        at = this.#usualLines(seeker, lf, wire)
        continue
      }
      // An LF at the beginning may end what the chunk before began.
      const paired = cr || (at === 0 && this.#last === CR)
      if (this.#lineEnd(paired ? 'CRLF' : 'LF', paired ? lf - 1 : lf, lf + 1, wire)) return lf + 1
      at = this.#usualLines(seeker, lf + 1, wire)
    }
    return -1
  }

  /**
   * Index of the next line end from `from` on that has to be looked at, or -1. Passed over is what a mail of a hundred
   * thousand lines is made of: lines without a dot that end with CRLF, behind such a line and before one.
   */
  #usualLines(seeker: LineEndSeeker, from: number, wire: Uint8Array): number {
    let at = seeker.next(from)
    if (this.#dot || this.#lastEnd !== 'CRLF') return at
    let start = this.#lineStart - this.#base
    let longest = this.longestLine
    // The last octet's meaning is in the next chunk.
    const last = wire.length - 2
    while (at >= 0 && at < last && wire[at] === CR && wire[at + 1] === LF && wire[at + 2] !== DOT) {
      const next = at + 2
      if (next - start > longest) longest = next - start
      start = next
      at = seeker.next(next)
    }
    this.#lineStart = this.#base + start
    this.longestLine = longest
    return at
  }

  /** A line end at index `at`, the next line beginning at `next`. True when it ends the data. */
  #lineEnd(kind: LineEnd, at: number, next: number, wire: Uint8Array): boolean {
    const { report } = this
    const lone = this.#dot && this.#base + at - this.#lineStart === 1
    if (lone && kind === 'CRLF' && this.#lastEnd === 'CRLF') {
      this.ended = true
      return true
    }
    if (lone) {
      report.smugglings++
      const form = `<${this.#lastEnd}>.<${kind}>`
      if (report.smuggling.length < maxReported) report.smuggling.push({ form, offset: this.#lineStart })
    }
    if (kind === 'LF') {
      report.bareLf++
      report.firstBareLf ??= this.#base + at
    } else if (kind === 'CR') {
      report.bareCr++
      report.firstBareCr ??= this.#base + at
    }
    const length = this.#base + next - this.#lineStart - (this.#dot && this.#lastEnd === 'CRLF' ? 1 : 0)
    if (length > this.longestLine) this.longestLine = length
    this.#lineStart = this.#base + next
    this.#lastEnd = kind
    this.#dot = false
    if (next < wire.length) this.#startLine(wire, next)
    return false
  }

  #startLine(wire: Uint8Array, at: number): void {
    this.#dot = wire[at] === DOT
    if (!this.#dot || this.#lastEnd !== 'CRLF') return
    // Doubled or final, a dot at the beginning of a line is never content.
    if (at > this.#from) this.#pieces.push(wire.subarray(this.#from, at))
    this.#from = at + 1
  }

  #finishChunk(wire: Uint8Array): void {
    const size = wire.length
    this.#last = wire[size - 1]!
    const afterDot = this.#base + size - this.#lineStart === 2 && this.#dot && this.#lastEnd === 'CRLF'
    this.#heldCr = afterDot && this.#last === CR
    const to = this.#heldCr ? size - 1 : size
    if (to > this.#from) this.#pieces.push(wire.subarray(this.#from, to))
    this.#base += size
  }
}
