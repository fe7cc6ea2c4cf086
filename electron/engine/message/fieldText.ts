/**
 * Owns: text in header fields as encoded words (RFC 2047), so that a reader shows what was typed: also where it looks
 * like an encoded word itself, and where it begins with a space of another script, which unfolding would lose.
 */
import { encodeWord } from 'nodemailer/lib/mime-funcs'
import MimeNode from 'nodemailer/lib/mime-node'

/** Characters of an encoded word; RFC 2047 §2 allows 75, the name of the field stands before the first. */
const longestWord = 52
const printable = /^[ -~]*$/u
/** RFC 2047 §2; what fits this goes out as it is typed in a field of one's own. */
const encodedWord = /=\?[^\s?]{1,60}\?[bq]\?[^\s?]{0,2000}\?=/iu

/** An unstructured value (RFC 5322 §2.2.1), as it stands behind the colon; not folded yet. */
export function encodeValue(text: string): string {
  const plain = printable.test(text) && !text.includes('=?') && text.trim() === text
  return plain ? text : encodeAll(text)
}

/** A display name (RFC 5322 §3.4): atoms, a quoted string, or encoded words where some readers would decode inside quotes. */
export function encodeName(name: string): string {
  if (/^\w+(?: \w+)*$/u.test(name)) return name
  if (!printable.test(name) || name.includes('=?')) return encodeAll(name)
  return `"${name.replace(/["\\]/gu, '\\$&')}"`
}

/**
 * A field of one's own: what was typed as an encoded word stays one, which is how such a field is tried. Spaces around
 * the value belong to nobody; a line separator or a wide space in front is text.
 */
export const encodeOwnValue = (value: string): string =>
  MimeNode.encodeHeaderValue('X-Unstructured', value.replace(/^[ \t]+|[ \t]+$/gu, '').toWellFormed())

/** Whether readers will show something else than the value as it was typed. */
export const holdsEncodedWord = (value: string): boolean => encodedWord.test(value)

/** Q where most can be read as it is, else B (RFC 2047 §4). */
function encodeAll(text: string): string {
  const wellFormed = text.toWellFormed()
  const letters = wellFormed.match(/[a-z]/giu)?.length ?? 0
  return encodeWord(wellFormed, letters * 2 > wellFormed.length ? 'Q' : 'B', longestWord)
}
