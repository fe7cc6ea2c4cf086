/**
 * Owns: cutting a message's octets into stretches that can be shown one by one, so that 50 MB need no more memory than
 * what is in sight. A stretch begins and ends at a line where there is one near; every octet is in exactly one stretch.
 */
import { toByteString } from '#shared/bytes/bytes.ts'
import { shownLines } from '#shared/transcript/shown.ts'

/** Octets from one cut to the next. */
export const stretchSize = 16 << 10
/** How far beyond a cut its line's end is looked for; a longer line is cut in the middle. */
export const lookahead = 4 << 10

export const stretchCount = (total: number): number => Math.ceil(total / stretchSize)

/** The octets to ask for in order to show stretch `index` of a message of `total` octets. */
export function stretchRange(index: number, total: number): { from: number; size: number } {
  const from = index * stretchSize
  return { from, size: Math.max(0, Math.min(stretchSize + lookahead, total - from)) }
}

/** Where a stretch really begins: behind the first LF at or after the cut, or at the cut when none is near. */
function lineStart(bytes: Uint8Array, cut: number, total: number): number {
  if (cut >= total) return total
  const found = bytes.subarray(0, lookahead).indexOf(0x0a)
  return found < 0 ? cut : cut + found + 1
}

/** The octets of stretch `index` out of those of `stretchRange`. */
export function stretchBytes(bytes: Uint8Array, index: number, total: number): Uint8Array {
  const from = index * stretchSize
  const begin = index === 0 ? 0 : lineStart(bytes, from, total)
  const end = lineStart(bytes.subarray(stretchSize), from + stretchSize, total)
  return bytes.subarray(begin - from, Math.max(begin, end) - from)
}

/**
 * Octets as lines of text: CRLF ends a line, everything else that is no readable character is spelt out. A tab stays a
 * tab: folded header fields are full of them.
 */
export function sourceLines(bytes: Uint8Array): string[] {
  const raw = toByteString(bytes)
  const lines = raw.split('\r\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) =>
    line
      .split('\t')
      .map((part) => shownLines(part)[0] ?? '')
      .join('\t'),
  )
}
