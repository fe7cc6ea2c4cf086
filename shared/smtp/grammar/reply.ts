/**
 * Owns: writing replies and the grammar of one reply line (RFC 5321 §4.2; enhanced status codes RFC 2034, RFC 3463).
 */
import type { Reply } from '../machine/types.ts'

export interface ReplyLine {
  code: number
  /** `-` when more lines follow. */
  separator: '-' | ' ' | ''
  /** As `2.1.0`, only when its class fits the code (RFC 2034 §3). */
  enhanced?: string
  /** Without code and enhanced code; UTF-8, or one character per octet when it is not UTF-8. */
  text: string
}

/** Reads the content of one reply line (no line end), or null when it is not one. */
export declare function parseReplyLine(content: Uint8Array): ReplyLine | null
/**
 * Wire octets of a reply, every line with code, enhanced code and CRLF, none longer than 512 octets (RFC 5321
 * §4.5.3.1.5). CR, LF and NUL in a text become spaces, so a text can never add a line. Throws RangeError for a code
 * outside 200 to 599 or an ill-formed enhanced code.
 */
export declare function writeReply(reply: Reply): Uint8Array
