/** Owns: putting eight asterisks where secrets stood, and knowing where the asterisks are. */
import { concat, fromByteString } from '../../bytes/bytes.ts'
import type { Range, Shown } from '../machine/types.ts'

const asterisks = fromByteString('********')

/** Eight asterisks for each range; ranges that overlap become one. The answer's ranges are those of the asterisks. */
export function replaceRanges(bytes: Uint8Array, ranges: readonly Range[]): Shown {
  if (ranges.length === 0) return { bytes, masked: [] }
  const parts: Uint8Array[] = []
  const masked: Range[] = []
  let from = 0
  let size = 0
  for (const { start, end } of merge(ranges)) {
    parts.push(bytes.subarray(from, start), asterisks)
    size += start - from + asterisks.length
    masked.push({ start: size - asterisks.length, end: size })
    from = end
  }
  parts.push(bytes.subarray(from))
  return { bytes: concat(parts), masked }
}

function merge(ranges: readonly Range[]): Range[] {
  const merged: Range[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last && range.start < last.end) last.end = Math.max(last.end, range.end)
    else merged.push({ ...range })
  }
  return merged
}
