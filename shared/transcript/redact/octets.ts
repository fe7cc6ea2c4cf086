/** Owns: changing text inside octets: UTF-8 where it is, one character an octet where it is not; masks stay masks. */
import { fromBase64, fromByteString, fromUtf8, toBase64, toByteString, utf8 } from '../../bytes/bytes.ts'
import type { MaskedRange } from '../event.ts'

type Change = (text: string) => string

/** A byte string with `change` made in its text. Where it is no UTF-8 as a whole, line by line. */
export function changeOctets(raw: string, change: Change): string {
  // eslint-disable-next-line no-control-regex -- plain ASCII is its own UTF-8
  if (/^[\0-\x7f]*$/.test(raw)) return encoded(change(raw))
  const whole = fromUtf8(fromByteString(raw))
  if (whole !== null) return encoded(change(whole))
  return raw
    .split('\n')
    .map((line) => {
      const text = fromUtf8(fromByteString(line))
      if (text !== null) return encoded(change(text))
      const changed = change(line)
      return changed === line ? line : /^[\0-\xff]*$/.test(changed) ? changed : encoded(changed)
    })
    .join('\n')
}

// eslint-disable-next-line no-control-regex -- plain ASCII is its own UTF-8
const encoded = (text: string): string => (/^[\0-\x7f]*$/.test(text) ? text : toByteString(utf8(text)))

export interface Wire {
  raw: string
  masked?: MaskedRange[] | undefined
}

/** Codes that lines of a reply begin with, which could be taken for the beginning of a name: `250-mx.corp.com`. */
const codes = /((?:^|\r\n)[2-5]\d\d[ -])/

/** `change` made in the text of a reply's lines only, so that a reply stays one. */
const afterCodes =
  (change: Change): Change =>
  (text) =>
    text
      .split(codes)
      .map((piece, index) => (index % 2 === 1 ? piece : change(piece)))
      .join('')

/**
 * The same for octets with masks: each stretch between masks by itself, the ranges moved to where the masks are now.
 * `reply`: each line begins with a code.
 */
export function changeWire({ raw, masked }: Wire, change: Change, reply = false): Wire {
  const plain: Change = (text) => changeBase64(text, change)
  const deep = reply ? afterCodes(plain) : plain
  if (masked === undefined) return { raw: changeOctets(raw, deep) }
  const ranges: MaskedRange[] = []
  let result = ''
  let at = 0
  for (const range of masked.toSorted((a, b) => a.start - b.start)) {
    const start = Math.max(at, range.start)
    const end = Math.min(raw.length, range.end)
    if (end <= start) continue
    result += changeOctets(raw.slice(at, start), deep)
    ranges.push({ start: result.length, end: result.length + end - start })
    result += raw.slice(start, end)
    at = end
  }
  return { raw: result + changeOctets(raw.slice(at), deep), masked: ranges }
}

const base64Run = /[A-Za-z0-9+/]{8,}={0,2}/g

/** The text changed, and what is inside base64 too, as in a challenge of CRAM-MD5: the host's name is in it (RFC 2195 §2). */
export function changeBase64(text: string, change: Change): string {
  let result = ''
  let at = 0
  for (const { 0: run, index } of text.matchAll(base64Run)) {
    const octets = run.length % 4 === 0 ? fromBase64(run) : null
    const decoded = octets === null ? null : fromUtf8(octets)
    const changed = decoded === null ? null : change(decoded)
    if (changed === null || changed === decoded) continue
    result += change(text.slice(at, index)) + toBase64(utf8(changed))
    at = index + run.length
  }
  return result + change(text.slice(at))
}
