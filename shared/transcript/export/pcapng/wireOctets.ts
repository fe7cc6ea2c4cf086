/**
 * Owns: the octets that an event stands for on the wire: lines and replies as they are, content with the dots it had
 * there (RFC 5321 §4.5.2). The end of content is a line of its own in a client's transcript; in a server's it is not.
 */
import { fromByteString } from '../../../bytes/bytes.ts'
import { DotEncoder } from '../../../smtp/grammar/dotEncoder.ts'
import type { EventOf, TranscriptEvent } from '../../event.ts'

export interface WireOctets {
  octets: Uint8Array
  /** How many followed that were not kept. */
  missing: number
}

export type Spoken = EventOf<'line' | 'reply' | 'chunk'>
export const isSpoken = (event: TranscriptEvent): event is Spoken =>
  event.direction !== 'none' && (event.kind === 'line' || event.kind === 'reply' || event.kind === 'chunk')

const crlf = Uint8Array.of(13, 10)
const finalDot = Uint8Array.of(46, 13, 10)
const isFinalDot = (event: Spoken | undefined): boolean =>
  event?.kind === 'line' && event.phase === 'body' && (event.raw === '.\r\n' || event.raw === '\r\n.\r\n')

/**
 * What ended content of which a log tells nothing: 354 was said, then how the server took it. Without it a reader would
 * take all that follows for content, QUIT too. A 421 says that nothing came.
 */
export function unseenEnd(event: Spoken, next: Spoken | undefined): Uint8Array | null {
  const asked = event.kind === 'reply' && event.code === 354 && next?.kind === 'reply'
  return asked && next.code !== 421 ? finalDot : null
}

/** Reads one session's events in order; keeps where a content stands between two stretches. */
export class WireReader {
  #encoder: DotEncoder | null = null
  #body = 0

  /** In order of the wire. `next`: the event with octets after this one. */
  read(event: Spoken, next: Spoken | undefined): WireOctets[] {
    if (event.kind === 'chunk') return this.#content(event, next)
    this.#encoder = null
    const octets = fromByteString(event.raw)
    return [{ octets, missing: Math.max(0, (event.cutFrom ?? 0) - octets.length) }]
  }

  #content(event: EventOf<'chunk'>, next: Spoken | undefined): WireOctets[] {
    const content = fromByteString(event.raw ?? '')
    const missing = Math.max(0, event.size - content.length)
    if (event.encoding === 'bdat') return [{ octets: content, missing }]
    if (this.#encoder === null || this.#body !== event.body) this.#encoder = new DotEncoder()
    this.#body = event.body
    const pieces = [{ octets: this.#encoder.push(content), missing }]
    if (!event.last) return pieces
    // Content that was not kept ended in CRLF, as nearly all does.
    const end = missing > 0 ? finalDot : this.#encoder.finish()
    this.#encoder = null
    if (isFinalDot(next)) {
      const ended = end.length === finalDot.length || next?.raw?.startsWith('\r') === true
      if (!ended) pieces.push({ octets: crlf, missing: 0 })
    } else if (next?.kind === 'reply') {
      // An answer means that the end had come; without one the content was broken off.
      pieces.push({ octets: end, missing: 0 })
    }
    return pieces
  }
}
