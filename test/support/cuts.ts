/** Owns: feeding a stream whole, octet by octet and at random cuts, so that no test depends on where a packet ended. */
import * as fc from 'fast-check'
import { concat } from '#shared/bytes/bytes.ts'

/** Byte string to octets, for literals with `\r\n` and octets above 127. */
export const octets = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))

/** Octets to a byte string, for readable comparisons. */
export const text = (bytes: Uint8Array): string => Array.from(bytes, (b) => String.fromCharCode(b)).join('')

/** The pieces between the given positions (in any order, outside ones ignored). */
export function cutAt(bytes: Uint8Array, positions: readonly number[]): Uint8Array[] {
  const cuts = [...new Set(positions.filter((at) => at > 0 && at < bytes.length))].toSorted((a, b) => a - b)
  return [0, ...cuts].map((from, i) => bytes.slice(from, cuts[i] ?? bytes.length))
}

/** Whole, octet by octet, and in two at every position. */
export function everyCut(bytes: Uint8Array): Uint8Array[][] {
  const single = Array.from(bytes, (octet) => Uint8Array.of(octet))
  const pairs = single.map((_, at) => cutAt(bytes, [at]))
  return [[bytes], single, ...pairs]
}

/** Octets in which line ends and dots are frequent, with random cuts. */
export const lumpyStream = fc
  .array(
    fc.oneof(
      fc.constantFrom('\r\n', '\r\n.', '.', '\r', '\n', '\n.', '\r\n.\r', '.\r\n', '\0', '\xff', 'a', ' '),
      fc.string({ maxLength: 6 }).map((s) => s.replace(/[^\0-\xff]/gu, '?')),
    ),
    { maxLength: 40 },
  )
  .map((parts) => octets(parts.join('')))

export const cuts = fc.array(fc.nat(200), { maxLength: 8 })

export { concat }
