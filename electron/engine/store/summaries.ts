/**
 * Owns: reading a stored message's header summary. Done after the commit, so that no client waits for it before its
 * 250, and from the database only when the octets are no longer at hand.
 */
import type { ContentRows, Finished } from './contentRows.ts'
import { type HeadSummary, readHead } from './headSummary.ts'
import { PartScanner } from './partScanner.ts'
import { chunkSize } from './schema.ts'

/** A longer message's attachments are counted in its first octets only. */
const scanLimit = 64 << 20

/** `atHand`: the message's last stretch; used when it is the whole message. */
export function summarizeContent(
  contents: ContentRows,
  stored: Finished,
  atHand: Uint8Array | null,
  tagFields?: readonly string[],
): HeadSummary {
  const whole = atHand !== null && atHand.byteLength === stored.size
  const start = whole ? atHand : contents.read(stored, 0, chunkSize).bytes
  const scanner = new PartScanner()
  scanner.push(start)
  for (let at = chunkSize; at < Math.min(stored.size, scanLimit) && !scanner.done; at += chunkSize) {
    scanner.push(contents.read(stored, at, chunkSize).bytes)
  }
  return readHead(start, scanner.end(), tagFields)
}
