/**
 * Owns: writing replies and the grammar of one reply line (RFC 5321 §4.2; enhanced status codes RFC 2034, RFC 3463).
 */
import { concat, fromByteString, fromUtf8, isAscii, toByteString, utf8 } from '../../bytes/bytes.ts'
import type { Reply } from '../machine/types.ts'

export interface ReplyLine {
  code: number
  /** `-` when more lines follow; `''` when the line is the code alone, which §4.2 asks clients to accept. */
  separator: '-' | ' ' | ''
  /** As `2.1.0`, only when its class fits the code (RFC 2034 §4). */
  enhanced?: string
  /** Without code and enhanced code; UTF-8, or one character per octet when it is not UTF-8. */
  text: string
}

/** Octets of a reply line, code and CRLF included (RFC 5321 §4.5.3.1.5). */
export const replyLineLimit = 512

/**
 * Reads the content of one reply line (no line end), or null when it is not one. Any code from 100 to 999 is read; the
 * standard's are 200 to 559.
 */
export function parseReplyLine(content: Uint8Array): ReplyLine | null {
  const line = fromUtf8(content) ?? toByteString(content)
  const parts = /^([1-9]\d\d)(?:([ -])(.*))?$/s.exec(line)
  if (!parts) return null
  const code = Number(parts[1])
  const separator = parts[2] === '-' ? '-' : parts[2] === ' ' ? ' ' : ''
  const text = parts[3] ?? ''
  const status = /^([245]\.\d{1,3}\.\d{1,3})(?: |$)/.exec(text)
  if (!status?.[1] || status[1][0] !== line[0]) return { code, separator, text }
  return { code, separator, enhanced: status[1], text: text.slice(status[0].length) }
}

/**
 * Wire octets of a reply, every line with code, enhanced code and CRLF, none longer than 512 octets: a longer text is
 * split, at a space where there is one. CR, LF and NUL in a text become spaces, so a text can never add a line.
 * Throws RangeError for a code outside 200 to 599 or an enhanced code that is ill-formed or of another class.
 */
export function writeReply(reply: Reply): Uint8Array {
  const { code, enhanced } = reply
  if (!Number.isInteger(code) || code < 200 || code > 599)
    throw new RangeError(`reply code ${code}: write a number from 200 to 599`)
  if (enhanced !== undefined && !fits(enhanced, code))
    throw new RangeError(
      `enhanced status code "${enhanced}": write class.subject.detail with the class of ${code}`,
    )
  const status = enhanced === undefined ? '' : enhanced + ' '
  const room = replyLineLimit - 4 - status.length - 2
  const only = reply.text[0]
  // Nearly every reply is one short line of ASCII.
  if (only !== undefined && reply.text.length === 1 && only.length <= room && isAscii(only))
    return utf8(`${code} ${status}${clean(only)}\r\n`)
  const texts = (reply.text.length > 0 ? reply.text : ['']).flatMap((text) => split(utf8(clean(text)), room))
  const lines = texts.flatMap((text, i) => [
    fromByteString(`${code}${i < texts.length - 1 ? '-' : ' '}${status}`),
    text,
    fromByteString('\r\n'),
  ])
  return concat(lines)
}

function fits(enhanced: string, code: number): boolean {
  return /^[245]\.\d{1,3}\.\d{1,3}$/.test(enhanced) && enhanced[0] === String(code)[0]
}

function clean(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the octets that could end a line
  return text.replace(/[\r\n\u0000]/g, ' ')
}

/** UTF-8 octets in pieces of at most `room`, never cut inside a character. */
function split(text: Uint8Array, room: number): Uint8Array[] {
  const pieces: Uint8Array[] = []
  let from = 0
  while (text.length - from > room) {
    let to = from + room
    while ((text[to]! & 0xc0) === 0x80) to--
    const space = text.lastIndexOf(32, to)
    // A space in the first half would leave needlessly short lines.
    const atSpace = space > from + room / 2
    pieces.push(text.subarray(from, atSpace ? space : to))
    from = atSpace ? space + 1 : to
  }
  pieces.push(text.subarray(from))
  return pieces
}
