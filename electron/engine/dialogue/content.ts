/** Owns: what the driver needs of the message it sends: octets in stretches, and a copy kept beside the transcript. */

export interface Stretch {
  bytes: Uint8Array
  /** True with the stretch that ends the message. */
  last: boolean
}

/** A message to send. The reader asks for one stretch at a time; `read` may answer at once or later, and may reject. */
export interface MessageSource {
  /** Octets, before dot-stuffing. */
  readonly size: number
  /** Octets above 127 in it (RFC 6152), and such octets in a header field (RFC 6531). */
  readonly eightBit: boolean
  readonly utf8: boolean
  read(max: number): Stretch | Promise<Stretch>
}

/** Keeps the sent octets for the transcript's reader; the store's content writer is one. */
export interface ContentKeeper {
  append(bytes: Uint8Array): boolean
  drain(): Promise<void>
  keep(): Promise<void>
}
