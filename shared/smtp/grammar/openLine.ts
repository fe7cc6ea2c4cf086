/**
 * Owns: a line that was begun and not ended: what is said next belongs to it, so that a secret is one also when `AUT`
 * came first and `H PLAIN ...` after it. Whose words go into it is spoken.ts's business.
 */
import { concat } from '../../bytes/bytes.ts'
import type { Range } from '../machine/types.ts'
import { knownVerb } from './command.ts'
import { announcesSecret, type MaskContext, secretRanges } from './mask.ts'

/** Octets kept of it. What follows a longer line is hidden: too much rather than too little. */
const longest = 65_536
const LF = 10
const CR = 13
const nothing = new Uint8Array(0)

export interface Continued {
  /** Where secrets stand in what is said now. */
  ranges: Range[]
  /** Each secret that ends in what is said now, whole: from where it was begun. */
  secrets: Uint8Array[]
  /** AUTH is said by it, so that what follows may be a secret. */
  announces: boolean
  /** It begins a line and ends one. */
  complete: boolean
}

export class OpenLine {
  #begun: Uint8Array = nothing
  /** It ends within a secret; what follows up to the next line end is the rest of that. */
  #secret = false

  /** The line as it stands, to be gone on with beside this one. */
  copy(): OpenLine {
    const line = new OpenLine()
    line.#begun = this.#begun
    line.#secret = this.#secret
    return line
  }

  /** Nothing is begun. */
  get empty(): boolean {
    return this.#begun.length === 0
  }

  /** What would be said now; one line or several. */
  read(bytes: Uint8Array, context: MaskContext): Continued {
    const whole = concat([this.#begun, bytes])
    const before = this.#begun.length
    const ranges = this.#ranges(whole, context).filter(({ end }) => end > before)
    return {
      ranges: ranges.map(({ start, end }) => ({ start: Math.max(0, start - before), end: end - before })),
      secrets: ranges.map(({ start, end }) => whole.subarray(start, end)),
      complete: before === 0 && endsLine(bytes),
      announces: announcesSecret(whole) || this.#doubtful(whole),
    }
  }

  /** It was said. */
  said(bytes: Uint8Array, context: MaskContext): void {
    // Nearly every line is whole.
    if (this.#begun.length === 0 && endsLine(bytes)) return
    const whole = concat([this.#begun, bytes])
    const start = lastLine(whole)
    const size = whole.length - start
    this.#secret = size > longest || (size > 0 && this.#ranges(whole, context).at(-1)?.end === whole.length)
    this.#begun = whole.slice(start, start + longest)
  }

  /** What comes next begins a line. */
  clear(): void {
    this.#begun = nothing
    this.#secret = false
  }

  #ranges(whole: Uint8Array, context: MaskContext): Range[] {
    const ranges = secretRanges(whole, context)
    const before = this.#begun.length
    if (!this.#secret && !this.#doubtful(whole)) return ranges
    const end = lineEnd(whole, before)
    const within = ranges.filter(({ start }) => start < end)
    const rest = ranges.filter(({ start }) => start >= end)
    return end > before
      ? [{ start: Math.min(before, ...within.map(({ start }) => start)), end }, ...rest]
      : ranges
  }

  /** Said in pieces and no command by now: a piece said twice (`AU`, `TH`, `TH PLAIN ...`) must not show what follows. */
  #doubtful(whole: Uint8Array): boolean {
    return this.#begun.length > 0 && knownVerb(whole) === null
  }
}

const endsLine = (bytes: Uint8Array): boolean => bytes.at(-1) === LF && bytes.at(-2) === CR

/** Where the line that `from` lies in ends, its CRLF not counted: a bare CR or LF ends no line (RFC 5321 §2.3.8), and some servers drop it. */
function lineEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(LF, from); at > 0; at = bytes.indexOf(LF, at + 1))
    if (bytes[at - 1] === CR) return Math.max(from, at - 1)
  // A last CR may be the first half of one.
  return bytes.length > from && bytes.at(-1) === CR ? bytes.length - 1 : bytes.length
}

/** Where the line begins that has not ended. */
function lastLine(bytes: Uint8Array): number {
  for (let at = bytes.lastIndexOf(LF); at > 0; at = bytes.lastIndexOf(LF, at - 1))
    if (bytes[at - 1] === CR) return at + 1
  return 0
}
