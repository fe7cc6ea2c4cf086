/** Owns: changing text inside octets: UTF-8 where it is, one character an octet where it is not; masks stay masks. */
import { fromBase64, fromByteString, fromUtf8, toBase64, toByteString, utf8 } from '../../bytes/bytes.ts'
import type { MaskedRange } from '../event.ts'
import { changePercent } from './escapes.ts'
import { lineBreak, wordBreak } from './phrases.ts'

type Change = (text: string) => string

/** A byte string with `change` made in its text. Where it is no UTF-8 as a whole, line by line. */
export function changeOctets(raw: string, change: Change): string {
  // Plain ASCII is its own UTF-8.
  if (/^[\0-\x7f]*$/.test(raw)) return encoded(change(raw))
  const whole = fromUtf8(fromByteString(raw))
  if (whole !== null) return encoded(change(whole))
  return raw
    .split('\n')
    .map((line) => {
      const text = fromUtf8(fromByteString(line))
      if (text !== null) return encoded(change(text))
      const changed = inUtf8(line, change)
      const latin = change(changed)
      return latin === changed ? changed : /^[\0-\xff]*$/.test(latin) ? latin : encoded(latin)
    })
    .join('\n')
}

const sequences =
  // Octets of UTF-8 (RFC 3629 §4).
  /(?:[\0-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+/g

/** The stretches of a line that are UTF-8, where other octets of it are not. */
const inUtf8 = (line: string, change: Change): string =>
  line.replace(sequences, (stretch) => {
    // ASCII alone is seen with the whole line.
    const text = /^[\0-\x7f]*$/.test(stretch) ? null : fromUtf8(fromByteString(stretch))
    return text === null ? stretch : encoded(change(text))
  })

// Plain ASCII is its own UTF-8.
const encoded = (text: string): string => (/^[\0-\x7f]*$/.test(text) ? text : toByteString(utf8(text)))

export interface Wire {
  raw: string
  masked?: MaskedRange[] | undefined
}

/** Codes that lines of a reply begin with, which could be taken for the beginning of a name: `250-mx.corp.com`. */
const codes = /((?:^|\r\n)[2-5]\d\d[ -](?:[245]\.\d{1,3}\.\d{1,3}[ \t])?)/

/** `change` made in the text of a reply's lines only, so that a reply stays one. */
const afterCodes =
  (change: Change, across: Change | null): Change =>
  (text) => {
    const pieces = text.split(codes).map((piece, index) => (index % 2 === 1 ? piece : change(piece)))
    return (across === null ? pieces : acrossLines(pieces, across)).join('')
  }

/** Every second piece is text: what is cut by the end of a line is changed where it begins. */
function acrossLines(pieces: string[], change: Change): string[] {
  const texts = pieces.filter((_, index) => index % 2 === 0)
  if (texts.length < 3 || texts.some((text) => text.includes(lineBreak) || text.includes(wordBreak))) return pieces
  const words = change(texts.join(lineBreak)).replaceAll(lineBreak, wordBreak)
  const changed = change(words).split(wordBreak)
  return pieces.map((piece, index) => (index % 2 === 1 ? piece : (changed[index / 2] ?? '')))
} // prettier-ignore

/**
 * The same for octets with masks: each stretch between masks by itself, the ranges moved to where the masks are now.
 * `reply`: each line begins with a code. `across`: `change` knows `lineBreak` and `wordBreak`, so that what two lines of a
 * reply have of a name is found too.
 */
export function changeWire(
  { raw: whole, masked }: Wire,
  change: Change,
  reply = false,
  across = false,
): Wire {
  const raw = masked === undefined ? readableChallenge(whole) : whole
  const plain: Change = (text) => changeBase64(text, (part) => changePercent(part, change))
  const deep = reply ? afterCodes(plain, across ? change : null) : plain
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

const challenge = /^(334[ -])([A-Za-z0-9+/]{8,}={0,2})(\r?\n)?$/

/** A challenge of NTLM names computer and domain in UTF-16 ([MS-NLMP] §2.2.1.2), one of Kerberos in ASN.1. */
function readableChallenge(raw: string): string {
  const [, code = '', coded = '', lineEnd = ''] = challenge.exec(raw) ?? []
  const octets = coded === '' || coded.length % 4 !== 0 ? null : fromBase64(coded)
  if (octets === null) return raw
  const text = fromUtf8(octets)
  if (text !== null && !/\0/.test(text) && !noText.test(text)) return raw
  return `${code}${toBase64(utf8(`(${octets.length} octets are left out: they are no text)`))}${lineEnd}`
}

const base64Run = /[A-Za-z0-9+/]{8,}={0,2}/g

/** Control characters that no text has; the parts of SASL messages are parted by the first two (RFC 4616 §2, RFC 7628 §3.1). */
// eslint-disable-next-line no-control-regex -- control characters are what tells
const noText = /[\x02-\x08\x0e-\x1f\x7f]/

/** Part of a longer name, and short enough to read as base64 by chance: `MX.QDAhJkBZ.COM` holds no mailbox. */
const inName = (text: string, from: number, to: number): boolean =>
  to - from < 24 &&
  (/[\w][.@-]$/.test(text.slice(Math.max(0, from - 2), from)) || /^[.@-]\w/.test(text.slice(to, to + 2)))

/** The text changed, and what is inside base64 too, as in a challenge of CRAM-MD5: the host's name is in it (RFC 2195 §2). */
export function changeBase64(text: string, change: Change): string {
  let result = ''
  let at = 0
  for (const { 0: run, index } of text.matchAll(base64Run)) {
    const name = inName(text, index, index + run.length)
    const octets = run.length % 4 === 0 && !name ? fromBase64(run) : null
    const decoded = octets === null ? null : fromUtf8(octets)
    const changed = decoded === null || noText.test(decoded) ? null : change(decoded)
    if (changed === null || changed === decoded) continue
    result += change(text.slice(at, index)) + toBase64(utf8(changed))
    at = index + run.length
  }
  return result + change(text.slice(at))
}
