/** Owns: message content as it stands in a text, put together in pieces; and reading a challenge. */
import { fromBase64, fromUtf8, toByteString, utf8 } from '../../bytes/bytes.ts'
import type { EventBody } from '../event.ts'

/** Characters of one piece. */
const pieceSize = 65_536

export class ContentText {
  readonly #body: number
  readonly #emit: (chunk: EventBody) => void
  #pending = ''
  #offset = 0
  /** A line of content has come. */
  begun = false

  constructor(body: number, emit: (chunk: EventBody) => void) {
    this.#body = body
    this.#emit = emit
  }

  /** One line; a leading dot that transparency added is taken off (RFC 5321 §4.5.2). */
  add(line: string): void {
    this.begun = true
    this.#pending += `${toByteString(utf8(line.startsWith('.') ? line.slice(1) : line))}\r\n`
    if (this.#pending.length >= pieceSize) this.#piece(false)
  }

  /** `whole`: the lone dot was seen. Content that never began and never ended is nothing. */
  end(whole: boolean): void {
    if (whole || this.#pending !== '') this.#piece(whole)
  }

  #piece(last: boolean): void {
    const raw = this.#pending
    this.#emit({
      kind: 'chunk', phase: 'body', direction: 'to-server', body: this.#body, offset: this.#offset, size: raw.length,
      last, encoding: 'data', raw,
    }) // prettier-ignore
    this.#offset += raw.length
    this.#pending = ''
  }
}

/** What a 334 asks for, decoded where it is base64 (RFC 4954 §4). */
export function challengeText(reply: string): string {
  const given = /^334[ -](.{0,500})/.exec(reply)?.[1]?.trim() ?? ''
  const octets = fromBase64(given)
  return octets === null ? given : (fromUtf8(octets) ?? given)
}
