/** Owns: text in a drawing without a text engine: what may stand in XML, about how wide it is, cut or wrapped to fit. */
import { isAscii, toByteString, utf8 } from '../../../bytes/bytes.ts'
import { shownLines } from '../../shown.ts'

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Any text as XML character data or attribute value. Control characters are no XML (XML 1.0 §2.2): they are spelt out,
 * as are those that could turn the writing direction.
 */
export function xml(text: string): string {
  return plain(text).replace(/[&<>"']/g, (mark) => entities[mark]!)
}

/** One line of visible characters; a lone surrogate becomes U+FFFD. */
export const plain = (text: string): string =>
  shownLines(toByteString(utf8(text))).join(' ').replace(/[\ufffe\uffff]/g, '\ufffd') // prettier-ignore

/** Wide in every monospaced font: CJK, full-width forms, pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f000}-\u{3ffff}]/u

/** Columns that a text takes. */
export function columns(text: string): number {
  // Nearly all text is ASCII, where a character is a column.
  if (isAscii(text)) return text.length
  let count = 0
  for (const character of text) count += wide.test(character) ? 2 : 1
  return count
}

/** The text in at most `most` columns, with an ellipsis where it was cut. */
export function fit(text: string, most: number): string {
  // So much of a line of megabytes is looked at.
  const near = text.length > most * 4 ? text.slice(0, most * 4) : text
  if (near === text && columns(text) <= most) return text
  let kept = ''
  let used = 1
  for (const character of near) {
    used += wide.test(character) ? 2 : 1
    if (used > most) break
    kept += character
  }
  return `${kept}…`
}

/** Lines of at most `most` columns, broken between words where it goes; the last of `lines` ends in an ellipsis. */
export function wrap(text: string, most: number, lines: number): string[] {
  const out: string[] = []
  let line = ''
  for (const word of text.slice(0, most * lines * 4).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (columns(longer) <= most) {
      line = longer
      continue
    }
    if (line !== '') out.push(line)
    line = word
    while (columns(line) > most && out.length <= lines) {
      const part = fit(line, most).slice(0, -1)
      out.push(part)
      line = line.slice(Math.max(1, part.length))
    }
    if (out.length > lines) break
  }
  if (line !== '') out.push(line)
  if (out.length <= lines) return out
  return [...out.slice(0, lines - 1), fit(`${out[lines - 1]!} ${'.'.repeat(most)}`, most)]
}
