/** Owns: Path and Reverse-path in angle brackets (RFC 5321 §4.1.2), source routes stripped (appendix C), 256 octets at most. */
import type { Read } from './problem.ts'

export interface PathText {
  /** Mailbox text as sent, without brackets and route; `''` for the null path `<>`. */
  path: string
  /** Source route that was ignored, as `@a,@b`. */
  route?: string
  /** Octets read, brackets included. */
  length: number
  lenient: string[]
}

/** Reads `<...>` at the beginning of `text`. `null path` is right in MAIL only; `postmaster` without domain in RCPT only. */
export declare function parsePath(text: string, use: 'reverse' | 'forward'): Read<PathText>
/** `<path>`; `<>` for `''`. Throws RangeError on CR, LF or NUL. */
export declare function printPath(path: string): string
