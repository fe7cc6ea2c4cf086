/**
 * Owns: which Content-Transfer-Encoding a text part gets (RFC 2045 §6). What is asked for is kept or refused with the
 * line that does not fit; nothing is relabelled in silence.
 */
import type { encodings } from '#shared/rpc/contract/message.ts'
import { longestLine } from './headers.ts'

export type Asked = (typeof encodings)[number]
export type TransferEncoding = Exclude<Asked, 'auto'>
export type Chosen = { ok: true; encoding: TransferEncoding } | { ok: false; problem: string }

/** Lines should be no longer (RFC 5322 §2.1.1); longer ones are folded by encoding. */
const wishedLine = 78

interface Octets {
  high: number
  controls: number
  nul: number
  bareEnds: number
  longest: number
  longestAt: number
  highAt: number
}

/** One pass; line numbers are from 1. */
function survey(bytes: Uint8Array): Octets {
  const found: Octets = { high: 0, controls: 0, nul: 0, bareEnds: 0, longest: 0, longestAt: 0, highAt: 0 }
  let line = 1
  let from = 0
  for (let at = 0; at <= bytes.length; at++) {
    const octet = bytes[at]
    const crlf = octet === 0x0d && bytes[at + 1] === 0x0a
    if (octet === undefined || crlf) {
      if (at - from > found.longest) Object.assign(found, { longest: at - from, longestAt: line })
      if (crlf) at++
      line++
      from = at + 1
    } else if (octet > 0x7f) {
      if (found.high++ === 0) found.highAt = line
    } else if (octet === 0) found.nul++
    else if (octet === 0x0d || octet === 0x0a) found.bareEnds++
    else if ((octet < 0x20 && octet !== 0x09) || octet === 0x7f) found.controls++
  }
  return found
}

/** For text with CRLF line ends. */
export function chooseEncoding(bytes: Uint8Array, asked: Asked = 'auto'): Chosen {
  if (asked === 'base64' || asked === 'quoted-printable') return { ok: true, encoding: asked }
  const found = survey(bytes)
  if (asked === 'auto') return { ok: true, encoding: shortest(bytes.length, found) }
  const problem = unfit(found, asked)
  return problem === null ? { ok: true, encoding: asked } : { ok: false, problem }
}

function shortest(size: number, { high, controls, nul, bareEnds, longest }: Octets): TransferEncoding {
  const odd = high + controls + nul + bareEnds
  if (odd === 0 && longest <= wishedLine) return '7bit'
  // Quoted-printable writes such an octet as three and stays readable; base64 writes three octets as four.
  return odd * 3 < size ? 'quoted-printable' : 'base64'
}

function unfit(
  { high, highAt, nul, bareEnds, longest, longestAt }: Octets,
  asked: '7bit' | '8bit',
): string | null {
  const help = 'choose quoted-printable or base64'
  if (asked === '7bit' && high > 0)
    return `line ${highAt} has an octet above 127, which 7bit cannot carry; choose 8bit, quoted-printable or base64`
  if (longest > longestLine)
    return `line ${longestAt} has ${longest} octets, and ${asked} carries ${longestLine} (RFC 2045 §2.8); ${help}`
  if (nul > 0) return `a NUL is in it, which ${asked} cannot carry (RFC 2045 §2.8); ${help}`
  if (bareEnds > 0) return `a CR or LF alone is in it, which ${asked} cannot carry (RFC 2045 §2.8); ${help}`
  return null
}

/** Whether a message inside a message can go as it is; it may not be encoded (RFC 2046 §5.2.1). */
export function plainEncoding(bytes: Uint8Array): '7bit' | '8bit' | null {
  const found = survey(bytes)
  if (unfit(found, '8bit') !== null) return null
  return found.high > 0 ? '8bit' : '7bit'
}
