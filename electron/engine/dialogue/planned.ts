/** Owns: showing a line that waits or will come: masked bytes only, and not all of a long one. */
import { toByteString } from '#shared/bytes/bytes.ts'
import type { PlannedLine } from '#shared/rpc/contract/dialogue.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'

/** Message content is shown by its beginning only; it is read elsewhere, by range. */
export const shownBytes = (line: Outgoing): Uint8Array => line.shown.bytes.subarray(0, 2048)

/** A line as the page shows it. The machine masked its secrets; `bytes`, which may hold them, is not looked at. */
export function planned(line: Outgoing): PlannedLine {
  const bytes = shownBytes(line)
  return {
    id: line.id,
    kind: line.kind,
    phase: line.phase,
    raw: toByteString(bytes),
    masked: line.shown.masked.filter((range) => range.end <= bytes.length),
    ...(line.verb === undefined ? {} : { verb: line.verb }),
    secret: line.shown.masked.length > 0,
  }
}
