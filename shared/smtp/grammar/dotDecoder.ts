/** Owns: the transparency procedure from the wire (RFC 5321 §4.5.2), as a stream. Only CRLF.CRLF ends the data (§4.1.1.4). */
import type { LineEndReport } from './lineEnds.ts'

export interface Decoded {
  /** Content in order, subarrays of what was pushed; the last line's CRLF belongs to the content. */
  content: Uint8Array[]
  ended: boolean
  /** Octets after the end (pipelined commands); empty unless `ended`. */
  rest: Uint8Array
}

export declare class DotDecoder {
  /** Takes wire octets. After the end it takes none: everything comes back in `rest`. */
  push(wire: Uint8Array): Decoded
  readonly ended: boolean
  /** Octets of content given so far. */
  readonly size: number
  readonly report: LineEndReport
}
