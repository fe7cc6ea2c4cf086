/**
 * Owns: long texts that say nearly the same many times over, packed for the database: a trace of three hundred rules is a
 * tenth of its size then. It is done on the store's thread, and costs it less than writing the text whole.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** Octets of UTF-8 from which packing is worth it. */
const least = 1024
/** Octets of a text; a damaged page must not fill the memory. */
const longest = 16 << 20

/** As it is stored: short as text, long as octets. */
export function packed(text: string): string | Uint8Array {
  if (text.length < least) return text
  const octets = Buffer.from(text)
  return octets.length > longest ? text : deflateRawSync(octets, { level: 1 })
}

/** Empty for what is damaged, which then is no JSON. */
export function unpacked(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value)
  try {
    return inflateRawSync(value, { maxOutputLength: longest }).toString()
  } catch {
    return ''
  }
}
