/**
 * Owns: a line while a person edits it: as plain text with a line end of choice, as text with escapes, or as octets in
 * hex; and back to what goes over the wire. All are byte strings (one character per octet).
 */
import { fromByteString, fromUtf8, toByteString, utf8 } from '#shared/bytes/bytes.ts'
import { countWords } from './measures.ts'

export type TypedMode = 'text' | 'escaped' | 'hex'
export const lineEnds = { crlf: '\r\n', lf: '\n', cr: '\r', none: '' } as const
export type LineEnd = keyof typeof lineEnds

export interface Draft {
  mode: TypedMode
  text: string
  /** Of the mode `text`; the others write their line ends out. */
  end: LineEnd
}

export type Wire = { ok: true; raw: string } | { ok: false; problem: string }

/** Octets that a line may have, so that a slip of the hand sends no megabytes. */
const most = 64 * 1024

const bad = (problem: string): Wire => ({ ok: false, problem })

/** What goes over the wire, or what is wrong with the text, with what would be right. */
export function wireOf({ mode, text, end }: Draft): Wire {
  const wire: Wire =
    mode === 'text'
      ? { ok: true, raw: toByteString(utf8(text)) + lineEnds[end] }
      : mode === 'hex'
        ? fromHex(text)
        : fromEscapes(text)
  if (!wire.ok) return wire
  if (wire.raw === '') return bad('The line is empty: to send nothing, skip it.')
  if (wire.raw.length > most)
    return bad(
      `The line has ${countWords(wire.raw.length, 'octet')}; at most ${countWords(most, 'octet')} can be sent at once.`,
    )
  return wire
}

function fromHex(text: string): Wire {
  const digits = text.replace(/\s+/g, '')
  const wrong = /[^0-9a-f]/i.exec(digits)
  if (wrong) return bad(`“${wrong[0]}” is no hex digit; write octets as 0d 0a.`)
  if (digits.length % 2 === 1) return bad('The last octet has one digit; write two for each, as 0d 0a.')
  const octets = digits.match(/../g) ?? []
  return { ok: true, raw: octets.map((octet) => String.fromCharCode(parseInt(octet, 16))).join('') }
}

const escapes: Record<string, string> = { r: '\r', n: '\n', t: '\t', '0': '\0', '\\': '\\' }

function fromEscapes(text: string): Wire {
  let raw = ''
  for (let at = 0; at < text.length; at++) {
    const next = text.indexOf('\\', at)
    raw += toByteString(utf8(text.slice(at, next < 0 ? text.length : next)))
    if (next < 0) break
    const hex = /^x([0-9a-f]{2})/i.exec(text.slice(next + 1, next + 4))
    const known = escapes[text[next + 1] ?? '']
    if (hex?.[1]) raw += String.fromCharCode(parseInt(hex[1], 16))
    else if (known !== undefined) raw += known
    else
      return bad(`“\\${text.slice(next + 1, next + 4)}” is no escape; write \\r \\n \\t \\0 \\\\ or \\x41.`)
    at = next + (hex ? 3 : 1)
  }
  return { ok: true, raw }
}

/** The text for this mode that means exactly these octets, or null when there is none. */
export function draftOf(raw: string, mode: TypedMode): Draft | null {
  if (mode === 'hex') return { mode, text: Array.from(raw, hexOf).join(' '), end: 'none' }
  if (mode === 'escaped') return { mode, text: Array.from(raw, escapeOf).join(''), end: 'none' }
  const end = (['crlf', 'lf', 'cr'] as const).find((one) => raw.endsWith(lineEnds[one])) ?? 'none'
  const body = raw.slice(0, raw.length - lineEnds[end].length)
  const text = fromUtf8(fromByteString(body))
  // What is not seen could be changed unseen: control characters need another mode.
  // eslint-disable-next-line no-control-regex -- the question is exactly about the range
  return text === null || /[\u0000-\u001f\u007f]/.test(text) ? null : { mode, text, end }
}

const hexOf = (octet: string): string => octet.charCodeAt(0).toString(16).padStart(2, '0')

const named: Record<string, string> = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '\0': '\\0', '\\': '\\\\' }
const escapeOf = (octet: string): string =>
  named[octet] ?? (/[ -~]/.test(octet) ? octet : `\\x${hexOf(octet)}`)

/** The plainest mode that can show these octets. */
export const plainest = (raw: string): Draft => draftOf(raw, 'text') ?? draftOf(raw, 'escaped')!

/** The same octets in another mode; unchanged text that cannot be read stays as it is. */
export function changeMode(draft: Draft, mode: TypedMode): Draft {
  const wire = wireOf(draft)
  if (!wire.ok) return draft.text === '' ? { ...draft, mode } : draft
  return draftOf(wire.raw, mode) ?? draft
}
