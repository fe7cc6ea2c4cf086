/**
 * Owns: the transparency procedure towards the wire (RFC 5321 §4.5.2), as a stream. A line begins at the start and after
 * CRLF only: a dot after a bare LF is not doubled, because a receiver that keeps to the standard would not take it away.
 *
 * The scan is a plain loop whose fast path is one comparison an octet: over 1 GB/s, and unlike indexOf it does not
 * slow down when every line is short.
 */
const LF = 10
const CR = 13
const DOT = 46

export interface DotEncoderOptions {
  /** Bare LF and bare CR: sent as they are (`keep`, the default; counted), or turned into CRLF (`normalize`; counted). */
  bareLineEnds?: 'keep' | 'normalize'
}

export class DotEncoder {
  /** Dots doubled so far. */
  stuffed = 0
  /** Bare LF and bare CR seen so far, kept or turned into CRLF as the options say. */
  bareLf = 0
  bareCr = 0
  /** Octets of content taken, and wire octets given; the final dot is counted after `finish`. */
  contentSize = 0
  wireSize = 0
  /** `finish` had to end the last line. */
  addedLineEnd = false

  readonly #normalize: boolean
  #lineStart = true
  #last = -1
  #finished = false
  /** Octets to put in: `#what[k]` before index `#where[k]` of the content. */
  #where: number[] = []
  #what: number[] = []

  constructor(options: DotEncoderOptions = {}) {
    this.#normalize = options.bareLineEnds === 'normalize'
  }

  /** Wire octets for this content: the same array when nothing had to change. */
  push(content: Uint8Array): Uint8Array {
    if (this.#finished) throw new Error('the content was finished already')
    if (content.length === 0) return content
    this.#where = []
    this.#what = []
    this.#scan(content)
    this.#last = content[content.length - 1]!
    this.contentSize += content.length
    return this.#give(splice(content, this.#where, this.#what))
  }

  /** The end: `.CRLF`, with a CRLF before it when the content did not end in one. Call once. */
  finish(): Uint8Array {
    if (this.#finished) throw new Error('the content was finished already')
    this.#finished = true
    if (this.#last === CR) this.bareCr++
    if (this.#lineStart) return this.#give(Uint8Array.of(DOT, CR, LF))
    this.addedLineEnd = true
    // With `normalize` a CR that waits at the end is half of the line end already.
    if (this.#normalize && this.#last === CR) return this.#give(Uint8Array.of(LF, DOT, CR, LF))
    return this.#give(Uint8Array.of(CR, LF, DOT, CR, LF))
  }

  #scan(content: Uint8Array): void {
    const first = content[0]
    const size = content.length
    if (this.#last === CR && first !== LF) this.#endAtCr(content, 0)
    else if (this.#lineStart && first === DOT) this.#insert(0, DOT)
    this.#lineStart = false
    for (let i = 0; i < size; i++) {
      const octet = content[i]!
      if (octet > CR) continue
      if (octet === LF) this.#lineFeed(content, i)
      else if (octet === CR && i + 1 < size && content[i + 1] !== LF) this.#endAtCr(content, i + 1)
    }
  }

  #lineFeed(content: Uint8Array, i: number): void {
    const paired = (i > 0 ? content[i - 1] : this.#last) === CR
    if (!paired) {
      this.bareLf++
      if (!this.#normalize) return
      this.#insert(i, CR)
    }
    this.#startLine(content, i + 1)
  }

  /** A CR whose next octet, at `i`, is not LF. */
  #endAtCr(content: Uint8Array, i: number): void {
    this.bareCr++
    if (!this.#normalize) return
    this.#insert(i, LF)
    this.#startLine(content, i)
  }

  #startLine(content: Uint8Array, at: number): void {
    if (at === content.length) this.#lineStart = true
    else if (content[at] === DOT) this.#insert(at, DOT)
  }

  #insert(at: number, octet: number): void {
    if (octet === DOT) this.stuffed++
    this.#where.push(at)
    this.#what.push(octet)
  }

  #give(wire: Uint8Array): Uint8Array {
    this.wireSize += wire.length
    return wire
  }
}

function splice(content: Uint8Array, where: readonly number[], what: readonly number[]): Uint8Array {
  if (where.length === 0) return content
  const out = new Uint8Array(content.length + where.length)
  let from = 0
  for (let k = 0; k < where.length; k++) {
    const to = where[k]!
    copy(content, from, to, out, from + k)
    out[to + k] = what[k]!
    from = to
  }
  copy(content, from, content.length, out, from + where.length)
  return out
}

/** For short stretches a loop is several times faster than a subarray and `set`. */
function copy(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number): void {
  if (to - from > 64) target.set(source.subarray(from, to), at)
  else for (let i = from; i < to; i++) target[at + i - from] = source[i]!
}
