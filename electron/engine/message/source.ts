/** Owns: giving the octets of one message in stretches, and what a transaction must know of them beforehand. */

export interface MessageSource {
  readonly size: number
  readonly bytes: Uint8Array
  /** Some octet is above 127: BODY=8BITMIME is due (RFC 6152). */
  readonly eightBit: boolean
  /** A header field holds such octets: SMTPUTF8 is due (RFC 6531 §3.4). */
  readonly utf8: boolean
  /** The next octets, at most `max`; `last` with the stretch that ends the message. */
  read(max: number): { bytes: Uint8Array; last: boolean }
}

/** Offset behind the header section's last line end; the size when there is no empty line (RFC 5322 §2.1). */
export function headerEnd(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length;) {
    const lf = bytes.indexOf(0x0a, at)
    if (lf < 0) return bytes.length
    if (lf === at || (lf === at + 1 && bytes[at] === 0x0d)) return at
    at = lf + 1
  }
  return bytes.length
}

export function messageSource(bytes: Uint8Array): MessageSource {
  const end = headerEnd(bytes)
  const utf8 = bytes.subarray(0, end).some(isHigh)
  let at = 0
  return {
    size: bytes.length,
    bytes,
    eightBit: utf8 || bytes.subarray(end).some(isHigh),
    utf8,
    read(max) {
      const stretch = bytes.subarray(at, at + Math.max(1, max))
      at += stretch.length
      return { bytes: stretch, last: at === bytes.length }
    },
  }
}

const isHigh = (octet: number): boolean => octet > 0x7f
