/** Owns: writing and reading the presentation language of TLS (RFC 8446 §3): integers, vectors with their lengths. */
import { concat } from '../bytes/bytes.ts'

/** A big-endian integer of `size` octets, 1 to 4. */
export function uint(size: number, value: number): Uint8Array {
  const bytes = new Uint8Array(size)
  for (let i = 0; i < size; i++) bytes[size - 1 - i] = Math.floor(value / 2 ** (8 * i)) & 0xff
  return bytes
}

/** `parts` behind their common length, which takes `size` octets (RFC 8446 §3.4). */
export function vector(size: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat([new Uint8Array(), ...parts])
  return concat([uint(size, content.length), content])
}

/** 16-bit integers side by side. */
export const uint16s = (values: readonly number[]): Uint8Array =>
  concat([new Uint8Array(), ...values.map((value) => uint(2, value))])

/** Reads forward. Past the end everything is 0 or empty and `broken` is true: a caller looks once, at its end. */
export class Octets {
  readonly #bytes: Uint8Array
  #at = 0
  broken = false

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  /** A big-endian integer of `size` octets. */
  uint(size: number): number {
    let value = 0
    for (const octet of this.take(size)) value = value * 256 + octet
    return value
  }

  take(size: number): Uint8Array {
    if (size > this.left) {
      this.broken = true
      this.#at = this.#bytes.length
      return new Uint8Array()
    }
    this.#at += size
    return this.#bytes.subarray(this.#at - size, this.#at)
  }

  /** A vector whose length takes `size` octets. */
  vector(size: number): Uint8Array {
    return this.take(this.uint(size))
  }
}
