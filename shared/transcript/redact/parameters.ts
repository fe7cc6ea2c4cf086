/**
 * Owns: parameters of a Content-Type or Content-Disposition field (RFC 2045 §5.1), also those in several pieces and in
 * percent escapes (RFC 2231): reading them, and writing one anew. Takes time in proportion to the field.
 */
import { toByteString, utf8 } from '../../bytes/bytes.ts'
import { decodeCharset } from './charsets.ts'

interface Piece {
  index: number
  extended: boolean
  text: string
  from: number
  to: number
}
interface Parameter {
  /** In lower case. */
  name: string
  /** Null where it is in a charset that cannot be read. */
  value: string | null
  /** Where its pieces are in the field, in order. */
  pieces: Piece[]
  /** In pieces, escaped or with quoted pairs, so that its text is not seen in the field. */
  hidden: boolean
}

const form = /;\s*([^\s=;"*]{1,80})(?:\*(\d{1,4}))?(\*)?\s*=\s*("(?:[^"\\]|\\[^])*"?|[^\s;"]*)/g

export function parametersOf(field: string): Parameter[] {
  const found = new Map<string, Piece[]>()
  for (const { 0: whole, 1: name = '', 2: index, 3: star, 4: text = '', index: from } of field.matchAll(form)) {
    const piece = { index: Number(index ?? 0), extended: star !== undefined, text, from, to: from + whole.length }
    const key = name.toLowerCase()
    const own = found.get(key)
    if (own === undefined) found.set(key, [piece])
    else own.push(piece)
  }
  return Array.from(found, ([name, pieces]) => ({
    name,
    value: valueOf(pieces),
    pieces,
    hidden: pieces.length > 1 || pieces.some(({ extended, text }) => extended || text.includes('\\')),
  }))
} // prettier-ignore

const unquoted = (text: string): string =>
  text.startsWith('"')
    ? text
        .slice(1)
        .replace(/"$/, '')
        .replace(/\\([^])/g, '$1')
    : text

/** Octets, escaped or not, are one text; the first piece tells the charset (RFC 2231 §4.1). */
function valueOf(pieces: readonly Piece[]): string | null {
  const sorted = pieces.toSorted((a, b) => a.index - b.index)
  if (!sorted.some(({ extended }) => extended)) return sorted.map(({ text }) => unquoted(text)).join('')
  let charset = ''
  // Escapes are decoded over the ends of pieces: some cut them there.
  const runs: { text: string; extended: boolean }[] = []
  for (const [index, { text, extended }] of sorted.entries()) {
    const plain = unquoted(text)
    let octets = /[^\0-\xff]/.test(plain) ? toByteString(utf8(plain)) : plain
    const parts = extended && index === 0 ? /^([^']{0,60})'[^']{0,60}'([^]*)$/.exec(octets) : null
    charset = parts?.[1]?.toLowerCase() ?? charset
    octets = parts?.[2] ?? octets
    const last = runs.at(-1)
    if (last?.extended === extended) last.text += octets
    else runs.push({ text: octets, extended })
  }
  return decodeCharset(
    runs.map(({ text, extended }) => (extended ? unescaped(text) : text)).join(''),
    charset,
  )
}

const unescaped = (text: string): string =>
  text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** The field with this value instead, where the first piece of the parameter was; added where there was none. */
export function withParameter(field: string, name: string, value: string): string {
  const pieces = parametersOf(field).find((each) => each.name === name)?.pieces ?? []
  const lineEnd = /\r?\n$/.exec(field)?.[0] ?? ''
  const bare = field.slice(0, field.length - lineEnd.length)
  let result = ''
  let at = 0
  for (const [index, { from, to }] of pieces.toSorted((a, b) => a.from - b.from).entries()) {
    result += bare.slice(at, from) + (index === 0 ? written(name, value) : '')
    at = to
  }
  return result + bare.slice(at) + (pieces.length === 0 ? written(name, value) : '') + lineEnd
}

/** A longer one would make a line longer than SMTP allows. */
const longest = 200
const written = (name: string, value: string): string => {
  const short = value.length > longest ? value.slice(0, longest) : value
  if (/^[ -~]*$/.test(short)) return `; ${name}="${short.replace(/["\\]/g, '\\$&')}"`
  const escaped = encodeURIComponent(short.toWellFormed()).replace(
    /['()*!]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `; ${name}*=utf-8''${escaped}`
}

const leftOutValue = 'left-out'

/** The field with `change` made in those parameters whose text is not to be seen in it as it stands. */
export function changeParameters(field: string, change: (text: string) => string): string {
  let result = field
  for (const { name, value, hidden } of parametersOf(field)) {
    if (!hidden) continue
    const changed = value === null ? leftOutValue : change(value)
    if (changed !== value) result = withParameter(result, name, changed)
  }
  return result
}
