/**
 * Owns: reading a message's header summary. Of a short one before it is stored: the row is written once then, and not
 * again in the next commit, which costs each client behind it more. Of a longer one after the commit, so that no client
 * waits for it before its 250, and from the database only when the octets are no longer at hand.
 */
import type { ContentRows, Finished } from './contentRows.ts'
import { type HeadSummary, readHead } from './headSummary.ts'
import { PartScanner } from './partScanner.ts'
import { chunkSize } from './schema.ts'

/** A longer message's attachments are counted in its first octets only. */
const scanLimit = 64 << 20

/** Octets of a message that is read before it is stored: some hundredths of a millisecond. */
const shortLimit = 64 * 1024

/** Null for what is read later: a longer one, or one whose header cannot be read. */
export function summarizeShort(bytes: Uint8Array, tagFields: readonly string[]): HeadSummary | null {
  if (bytes.byteLength > shortLimit) return null
  try {
    const scanner = new PartScanner()
    scanner.push(bytes)
    return readHead(bytes, scanner.end(), tagFields)
  } catch {
    // Read again after the commit; that says why. The message must be kept whatever it is.
    return null
  }
}

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
