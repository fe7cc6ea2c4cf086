/**
 * Owns: cutting a stream of octets into lines. Only CRLF ends a line (RFC 5321 §2.3.8); a bare LF or CR is content,
 * counted and reported. Memory is bounded by `max` for a line; lines are handed out one at a time (`next`), so that
 * the caller can stop at STARTTLS, DATA or BDAT and take the unread octets as they are.
 */

export interface Line {
  /** As received, line end included; of an over-long line the first `max` octets. */
  raw: Uint8Array
  /** `raw` without its line end. */
  content: Uint8Array
  /** How the line ended; `none` for the unfinished line given by `flush`. `lf` only with `lenientLf`. */
  end: 'crlf' | 'lf' | 'none'
  /** True octets of the line, line end included. */
  size: number
  /** Only the first `max` octets were kept; `size` says how many there were. */
  cut: boolean
  /** LF and CR inside the line that did not end it. */
  bareLf: number
  bareCr: number
}

export interface LineReaderOptions {
  /** Octets kept of one line, line end included. RFC 5321 §4.5.3.1: commands and replies 512, AUTH 12288 (RFC 4954 §4). */
  max: number
  /** A bare LF ends a line too, marked `end: 'lf'`: for reading replies of broken servers, never for commands. */
  lenientLf?: boolean
}

export declare class LineReader {
  constructor(options: LineReaderOptions)
  /** Takes octets; keeps a reference, never changes them. Then call `next` until null. */
  push(bytes: Uint8Array): void
  /** The next whole line, or null until more octets come. */
  next(): Line | null
  /** Octets that are pushed and not handed out yet. The caller stops reading the socket when it lets them pile up. */
  readonly buffered: number
  /** Takes everything unread, the beginning of an unfinished line included, and leaves the reader empty. */
  rest(): Uint8Array
  /** Forgets everything unread; answers how many octets it held. */
  clear(): number
  /** The stream ended: the unfinished last line, or null. */
  flush(): Line | null
}
