/**
 * Owns: the charsets in which content names people (RFC 2046 §4.1.2): which are read octet for octet, which are decoded,
 * and which nothing here can read.
 */
import { fromByteString, fromUtf8 } from '../../bytes/bytes.ts'

/** Read as UTF-8 where they are, as Latin-1 where they are not. */
const asOctets = /^(?:|utf-?8|us-ascii|ascii|ansi_x3\.4-1968|x-unknown|unknown-8bit|8bit|binary|default)$/

export const isOctets = (charset: string): boolean => asOctets.test(charset)

export interface Decoder {
  /** The text of these octets, given in order; null when they are not in this charset. */
  decode(octets: string, more: boolean): string | null
}

/** Null for a charset that is not known. `charset` is in lower case and none of those that are read octet for octet. */
export function decoderOf(charset: string): Decoder | null {
  let decoder: { decode(octets: Uint8Array, options: { stream: boolean }): string }
  try {
    decoder = new TextDecoder(charset, { fatal: true })
  } catch {
    return null
  }
  return {
    decode(octets, more) {
      try {
        return decoder.decode(fromByteString(octets), { stream: more })
      } catch {
        return null
      }
    },
  }
}

/** Text of a byte string; null where the charset is not known or the octets are not in it. */
export function decodeCharset(octets: string, charset: string): string | null {
  if (isOctets(charset)) return fromUtf8(fromByteString(octets)) ?? octets
  return decoderOf(charset)?.decode(octets, false) ?? null
}
