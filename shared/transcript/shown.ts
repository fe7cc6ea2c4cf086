/**
 * Owns: how octets of a transcript are shown to a person. Text where it is valid UTF-8, every other octet and every
 * character that could deceive the eye as an escape, secrets as bullets. The octets themselves stay in `raw`.
 */
import { fromByteString, fromUtf8, isAscii, toByteString, utf8 } from '../bytes/bytes.ts'
import type { MaskedRange, TranscriptEvent } from './event.ts'

/** What a person did to a line or reply, in one word; '' when it went as it was. */
export const byHand = ({
  edited,
  added,
}: {
  edited?: boolean | undefined
  added?: boolean | undefined
}): '' | 'changed' | 'added' => (edited !== true ? '' : added === true ? 'added' : 'changed')

const secret = '••••••••'
const escapes: Record<number, string> = { 0x09: '\\t', 0x0a: '\\n', 0x0d: '\\r', 0x5c: '\\' }

/**
 * Characters that show as nothing or that turn the writing direction: a peer can make one line look like another with
 * them ("Trojan Source", CVE-2021-42574), so they are spelt out.
 */
const deceptive =
  /[\u0080-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu

/** One stretch without masked octets. Valid UTF-8 becomes text; otherwise octets above 0x7F are shown as `\xHH`. */
function readable(raw: string): string {
  // eslint-disable-next-line no-control-regex -- the point is to find control octets
  const visible = raw.replace(/[\u0000-\u001f\u007f]/g, (octet) => {
    const code = octet.charCodeAt(0)
    return escapes[code] ?? `\\x${code.toString(16).padStart(2, '0')}`
  })
  // Most lines need no decoding.
  if (isAscii(visible)) return visible
  const text = fromUtf8(fromByteString(visible))
  if (text === null) {
    return visible.replace(/[\u0080-\u00ff]/g, (octet) => `\\x${octet.charCodeAt(0).toString(16)}`)
  }
  return text.replace(deceptive, (mark) => `\\u{${mark.codePointAt(0)!.toString(16)}}`)
}

/** `raw` from `from` on, cut at masked ranges; ranges that overlap or reach past the end are cut to fit. */
function withBullets(raw: string, from: number, masked: readonly MaskedRange[]): string {
  let text = ''
  let at = 0
  for (const range of masked) {
    const start = Math.max(at, range.start - from)
    const end = Math.min(raw.length, range.end - from)
    if (end <= start) continue
    text += readable(raw.slice(at, start)) + secret
    at = end
  }
  return text + readable(raw.slice(at))
}

/**
 * The lines of a byte string, without their CRLF. A bare CR or LF is no line end in SMTP (RFC 5321 §2.3.8): it stays
 * inside its line, visible as `\r` or `\n`.
 */
export function shownLines(raw: string, masked: readonly MaskedRange[] = []): string[] {
  const ranges = masked.toSorted((a, b) => a.start - b.start)
  const lines: string[] = []
  let from = 0
  while (from < raw.length) {
    const crlf = raw.indexOf('\r\n', from)
    const end = crlf < 0 ? raw.length : crlf
    lines.push(withBullets(raw.slice(from, end), from, ranges))
    from = crlf < 0 ? raw.length : crlf + 2
  }
  return lines
}

/** All lines of a byte string joined with a line feed. */
export const shownText = (raw: string, masked: readonly MaskedRange[] = []): string =>
  shownLines(raw, masked).join('\n')

/** The lines of a remark, each made visible like an octet string. */
export const shownRemark = (text: string): string[] =>
  text.split('\n').map((line) => readable(toByteString(utf8(line))))

/** Octets that this event stands for on the wire: of a cut line its whole length, of content without dot-stuffing. */
export function octetsOf(event: TranscriptEvent): number {
  if (event.kind === 'chunk') return event.size
  return event.kind === 'line' || event.kind === 'reply' ? (event.cutFrom ?? event.raw.length) : 0
}
