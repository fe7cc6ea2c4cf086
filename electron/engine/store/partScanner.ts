/**
 * Owns: counting a message's attachments without decoding it: a stream over the octets that looks at part headers only
 * (RFC 2046 §5.1.1). Bounded in memory whatever the message; a message that is not multipart is not read further.
 */
import { boundaryIn, endsDelimiter, parametersOf } from '../message/parameters.ts'

const headLimit = 64 * 1024
const mostBoundaries = 64
const mostAttachments = 1000
/** `\n--`, the longest boundary that is read, `--` and some white space. */
const delimiterLimit = 240

export class PartScanner {
  #text = '\n'
  #inHead = true
  #done = false
  readonly #boundaries: string[] = []
  attachments = 0

  /** Nothing that follows can change the count. */
  get done(): boolean {
    return this.#done
  }

  push(bytes: Uint8Array): void {
    if (this.#done) return
    this.#text += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
    this.#advance(false)
  }

  end(): number {
    if (!this.#done) this.#advance(true)
    this.#done = true
    return this.attachments
  }

  #advance(last: boolean): void {
    while (!this.#done && (this.#inHead ? this.#head(last) : this.#body(last)));
  }

  /** Reads one part's header; false when more octets are needed. `#text` begins with the line end before it. */
  #head(last: boolean): boolean {
    const end = /\n\r?\n/.exec(this.#text)
    if (end === null && this.#text.length < headLimit && !last) return false
    const at = end === null ? Math.min(this.#text.length, headLimit) : end.index
    this.#part(this.#text.slice(0, at).replace(/\r?\n[ \t]+/g, ' '))
    // The empty line stays: its line end may begin a delimiter.
    this.#text = this.#text.slice(at + (end === null ? 0 : end[0].length - 1))
    this.#inHead = false
    this.#done = this.#boundaries.length === 0 || this.attachments >= mostAttachments
    return true
  }

  #part(head: string): void {
    const type = /\ncontent-type[ \t]*:([^\n]*)/i.exec(head)?.[1] ?? ''
    const disposition = /\ncontent-disposition[ \t]*:([^\n]*)/i.exec(head)?.[1] ?? ''
    if (/^\s*multipart\//i.test(type)) {
      const boundary = boundaryIn(parametersOf(type))
      if (boundary !== '' && this.#boundaries.length < mostBoundaries) this.#boundaries.push(boundary)
      return
    }
    const named = /;\s*(?:file)?name\*?\d*\*?\s*=/i.test(type + disposition)
    if (/^\s*attachment\b/i.test(disposition) || named || /^\s*message\/rfc822\b/i.test(type))
      this.attachments++
  }

  /** Finds the next delimiter; false when more octets are needed. */
  #body(last: boolean): boolean {
    const at = this.#text.indexOf('\n--')
    if (at < 0) {
      this.#text = this.#text.slice(-3)
      return false
    }
    if (this.#text.length < at + delimiterLimit && !last) {
      this.#text = this.#text.slice(at)
      return false
    }
    const rest = this.#text.slice(at + 3, at + delimiterLimit)
    const boundary = this.#boundaries.findLast(
      (known) => rest.startsWith(known) && endsDelimiter(rest.slice(known.length)),
    )
    this.#text = this.#text.slice(at + 3)
    if (boundary === undefined) return true
    // `--boundary--` closes; what follows is an epilogue until an outer delimiter.
    this.#inHead = !rest.startsWith('--', boundary.length)
    if (this.#inHead) this.#text = this.#text.slice(boundary.length)
    return true
  }
}
