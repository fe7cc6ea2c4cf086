/**
 * Owns: hiding the proof by which a SCRAM server shows that it knows the password (RFC 5802 §7, `v=`). With the nonces,
 * the salt and the number of rounds, which stand beside it in clear, a weak password could be guessed from it.
 */
import { toByteString } from '../../bytes/bytes.ts'
import type { Shown } from '../machine/types.ts'
import { replaceRanges } from './ranges.ts'

/** `v=` in base64, whatever follows. */
const verifier = /^(334[ -][ \t]*)dj[0-3][A-Za-z0-9+/=]*/gm

/** The octets of replies, with such a proof masked; anything else stays, what is masked already included. */
export function maskSignature(shown: Shown): Shown {
  // A code of three digits first: nearly every reply is through here.
  if (shown.bytes[0] !== 0x33 || shown.masked.length > 0) return shown
  const ranges = [...toByteString(shown.bytes).matchAll(verifier)].map((found) => ({
    start: found.index + found[1]!.length,
    end: found.index + found[0].length,
  }))
  return ranges.length === 0 ? shown : replaceRanges(shown.bytes, ranges)
}
