/** Owns: the transparency procedure towards the wire (RFC 5321 §4.5.2), as a stream. */
export interface DotEncoderOptions {
  /** Bare LF and bare CR: sent as they are (`keep`, the default; counted), or turned into CRLF (`normalize`; counted). */
  bareLineEnds?: 'keep' | 'normalize'
}

export declare class DotEncoder {
  constructor(options?: DotEncoderOptions)
  /** Wire octets for this content: the same array when nothing had to change. */
  push(content: Uint8Array): Uint8Array
  /** The end: `.CRLF`, with a CRLF before when the content did not end in one (`addedLineEnd`). Call once. */
  finish(): Uint8Array
  /** Dots doubled so far. */
  readonly stuffed: number
  /** Bare LF and bare CR seen so far, kept or turned into CRLF as the options say. */
  readonly bareLf: number
  readonly bareCr: number
  /** Octets of content taken and wire octets given, the final dot included after `finish`. */
  readonly contentSize: number
  readonly wireSize: number
  readonly addedLineEnd: boolean
}
