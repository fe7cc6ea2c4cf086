/**
 * Owns: where in a message's octets heads and contents are, nested ones too (RFC 2046 §5.1, RFC 5322 §2.1). Nothing is
 * copied but heads; what a sender got wrong is read as most mail programs read it. Joined, the stretches are the message.
 */
import { isMessage, meaningOf, type Meaning, plainText } from './mimeHead.ts'

export type Stretch =
  /** Fields, with the empty line that ends them; the next stretch is its content. */
  | { kind: 'head'; from: number; to: number; meaning: Meaning }
  | { kind: 'content'; from: number; to: number; meaning: Meaning }
  /** A delimiter line. */
  | { kind: 'delimiter'; from: number; to: number; boundary: string; closes: boolean }

/** Multiparts inside one another; deeper ones are content of an unknown kind. */
const deepest = 40
/** Lines that look like delimiters, or lines of a head, between two steps. */
const linesAStep = 2000
/** A longer line is no delimiter (RFC 2046 §5.1.1: 70 characters and two or four hyphens). */
const longestDelimiter = 300

/** A longer head is read as text only, and what it says of its content is not believed. */
const longestHead = 4 << 20

const beginsField = /^[!-9;-~]{1,200}[ \t]*:/
const unclear: Meaning = { ...plainText, type: 'application/x-unclear', encoding: 'unknown' }

interface Delimiter {
  from: number
  to: number
  boundary: string
  closes: boolean
  depth: number
}

class Reader {
  readonly raw: string
  readonly open: string[] = []

  constructor(raw: string) {
    this.raw = raw
  }

  lineEnd(from: number): number {
    const at = this.raw.indexOf('\n', from)
    return at < 0 ? this.raw.length : at + 1
  }

  /** The delimiter that this line is. */
  delimiter(from: number): Delimiter | undefined {
    if (this.open.length === 0 || !this.raw.startsWith('--', from)) return undefined
    const to = this.lineEnd(from)
    if (to - from > longestDelimiter) return undefined
    const line = this.raw.slice(from + 2, to).trimEnd()
    for (let depth = this.open.length - 1; depth >= 0; depth--) {
      const boundary = this.open[depth]!
      if (line === boundary || line === `${boundary}--`)
        return { from, to, boundary, closes: line !== boundary, depth }
    }
    return undefined
  }

  /** The next delimiter from a line's beginning on. */
  *next(from: number): Generator<void, Delimiter | undefined> {
    if (this.open.length === 0) return undefined
    let tries = 0
    for (let at = from; at >= 0 && at < this.raw.length;) {
      const found = this.delimiter(at)
      if (found !== undefined) return found
      const hit = this.raw.indexOf('\n--', at)
      at = hit < 0 ? -1 : hit + 1
      if (++tries % linesAStep === 0) yield
    }
    return undefined
  }

  /** Where a head ends, its empty line counted; before a delimiter when it has none. */
  *headEnd(from: number): Generator<void, number> {
    let lines = 0
    for (let at = from; at < this.raw.length;) {
      const end = this.lineEnd(at)
      if (end - at <= 2 && this.raw.slice(at, end).trim() === '') return end
      if (this.delimiter(at) !== undefined) return at
      at = end
      if (++lines % linesAStep === 0) yield
    }
    return this.raw.length
  }
}

/** Stretches in order; `undefined` is a step without one. */
export function* stretchesOf(raw: string): Generator<Stretch | undefined> {
  const reader = new Reader(raw)
  let heads = beginsField.test(raw.slice(0, 300))
  for (let at = 0; at < raw.length;) {
    let meaning = plainText
    if (heads) {
      const to: number = yield* pausing(reader.headEnd(at))
      meaning = to - at > longestHead ? unclear : meaningOf(raw.slice(at, to))
      yield { kind: 'head', from: at, to, meaning }
      at = to
      // A message in a message begins with a head of its own.
      if (isMessage(meaning.type) && meaning.encoding === 'identity' && beginsField.test(raw.slice(at, at + 300))) continue
      if (meaning.boundary !== undefined) {
        if (reader.open.length < deepest) reader.open.push(meaning.boundary)
        else meaning = unclear
      }
    }
    const found: Delimiter | undefined = yield* pausing(reader.next(at))
    const end = found?.from ?? raw.length
    if (end > at) yield { kind: 'content', from: at, to: end, meaning: meaning.boundary === undefined ? meaning : plainText }
    if (found === undefined) return
    const { depth, closes, boundary, from, to } = found
    yield { kind: 'delimiter', from, to, boundary, closes }
    reader.open.length = closes ? depth : depth + 1
    heads = !closes
    at = to
  }
} // prettier-ignore

function* pausing<T>(work: Generator<void, T>): Generator<undefined, T> {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    yield undefined
  }
}
