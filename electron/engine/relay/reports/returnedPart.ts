/**
 * Owns: what of the original goes back with a report: its header section, or all of it (RFC 3461 §4.3, RFC 6522 §3, §4).
 * Octets come from strangers: what 7-bit lines cannot carry is encoded, or stays here.
 */
import { headerEnd } from '../../message/source.ts'
import { surveyMessage } from '../../message/survey.ts'
import type { QueuedMessage } from '../types.ts'
import type { Original, ReportKind } from './types.ts'

/** Octets of a header section that go back. */
export const mostHead = 64 << 10
/** Octets of a whole message that go back; a larger one goes back as its header (RFC 3461 §4.3 allows it). */
export const mostWhole = 256 << 10

export interface ReturnedPart {
  type: 'text/rfc822-headers' | 'message/rfc822' | 'message/global-headers' | 'message/global'
  bytes: Buffer
  encoding: '7bit' | 'quoted-printable' | 'base64'
  /** What this part is, for the person who reads the report. */
  words: string
}

/** `global`: types of RFC 6533 may be used, which may be encoded (RFC 6532 §3.7, RFC 6533 §4). */
export function returnedPart(
  kind: ReportKind,
  message: QueuedMessage,
  original: Original,
  global: boolean,
): ReturnedPart {
  if (message.requireTls) return withheld(message)
  const wholeWanted = kind === 'failed' && message.ret === 'FULL'
  const { whole } = original
  if (wholeWanted && whole !== undefined) {
    const part = wholePart(message, whole, global)
    if (part !== null) return part
  }
  const part = headPart(message, original.head, global)
  if (!wholeWanted) return part
  const why = 'since all of it would be too long or cannot stand in a report unchanged'
  return { ...part, words: `${part.words} Only the header goes back, ${why}.` }
}

/** A report may have to go where REQUIRETLS cannot be kept: nothing of the message goes with it but its name (RFC 8689 §5). */
function withheld({ messageId = '' }: QueuedMessage): ReturnedPart {
  const known = /^<[!-;=?-~]{1,900}>$/u.test(messageId)
  const words =
    'The rest of this report is for programs. Your message asked for TLS on its whole way (REQUIRETLS, RFC 8689), so nothing of it but its Message-ID goes back.'
  const bytes = Buffer.from(known ? `Message-ID: ${messageId}\r\n` : '')
  return { type: 'text/rfc822-headers', bytes, encoding: '7bit', words }
}

/** With the Received field of this relay in front: it names the message in our queue. */
const withTrace = ({ prefix }: QueuedMessage, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(prefix, 'utf8'), bytes])

/** A part message/rfc822 may not be encoded (RFC 2046 §5.2.1), so it has to be plain as it is. */
function wholePart(message: QueuedMessage, whole: Uint8Array, global: boolean): ReturnedPart | null {
  if (whole.length > mostWhole) return null
  const bytes = withTrace(message, whole)
  const words = 'The rest of this report is for programs; your message is attached.'
  if (isPlain(bytes)) return { type: 'message/rfc822', bytes, encoding: '7bit', words }
  // Bare line ends, NUL and overlong lines survive quoted-printable.
  return global ? { type: 'message/global', bytes, encoding: 'quoted-printable', words } : null
}

function headPart(message: QueuedMessage, given: Uint8Array, global: boolean): ReturnedPart {
  const end = headerEnd(given)
  const whole = withTrace(message, given.subarray(0, end))
  const bytes = withEnd(whole.subarray(0, cutAt(whole)))
  const cut = whole.length > mostHead ? `; only the first ${mostHead >> 10} KiB of it` : ''
  const words =
    given.length === 0
      ? 'The rest of this report is for programs. Your message could not be read any more; only its way is attached.'
      : `The rest of this report is for programs; the header of your message is attached${cut}.`
  const type = global && bytes.some((octet) => octet > 0x7f) ? 'message/global-headers' : 'text/rfc822-headers' // prettier-ignore
  if (isPlain(bytes)) return { type, bytes, encoding: '7bit', words }
  const { bareLf, bareCr, nul } = surveyMessage(bytes, Number.POSITIVE_INFINITY)
  // Quoted-printable of text may turn a bare line end into a real one, base64 keeps each octet; message/* is encoded as data.
  const odd = bareLf + bareCr + nul > 0 && type === 'text/rfc822-headers'
  return { type, bytes, encoding: odd ? 'base64' : 'quoted-printable', words }
}

/** Where a field ends, at `mostHead` at most; a single longer one is cut in its middle. */
function cutAt(bytes: Uint8Array): number {
  if (bytes.length <= mostHead) return bytes.length
  for (let at = mostHead; at > 0; at--) {
    const octet = bytes[at]
    if (bytes[at - 1] === 0x0a && octet !== 0x20 && octet !== 0x09) return at
  }
  return mostHead
}

function withEnd(bytes: Buffer): Buffer {
  return bytes.length === 0 || bytes.at(-1) === 0x0a ? bytes : Buffer.concat([bytes, Buffer.from('\r\n')])
}

/** Seven bits, whole line ends, no NUL, no line beyond 998 octets. */
function isPlain(bytes: Uint8Array): boolean {
  if (bytes.some((octet) => octet > 0x7f)) return false
  const { bareLf, bareCr, nul, longLines } = surveyMessage(bytes, Number.POSITIVE_INFINITY)
  return bareLf + bareCr + nul + longLines === 0
}
