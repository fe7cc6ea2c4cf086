/**
 * Owns: SASLprep (RFC 4013): what two texts have in common that a person would call the same password. Profile of
 * stringprep (RFC 3454) with the normalization of the runtime's Unicode instead of Unicode 3.2's, as every
 * implementation in use does; unassigned characters are let through as in a query (RFC 3454 §7).
 */

/** Longer ones are refused unread: nothing here is linear in an attacker's favour, and no password is so long. */
const longest = 4096

/** RFC 3454 C.1.2: become a space. */
const spaces = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/gu
/** RFC 3454 B.1: become nothing. U+200B is in both tables; RFC 4013 §2.1 has it as a space. */
// eslint-disable-next-line no-misleading-character-class -- the table is made of marks that join others
const nothing = /[\u00ad\u034f\u1806\u180b-\u180d\u200c\u200d\u2060\ufe00-\ufe0f\ufeff]/gu
/** RFC 3454 C.2 to C.9: controls, private use, non-characters, surrogates, and what changes how a text looks. */
const prohibited =
  /[\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u0340\u0341\u06dd\u070f\u180e\u200e\u200f\u2028-\u202e\u2061-\u2063\u206a-\u206f\u2ff0-\u2ffb\ufff9-\ufffd\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/u
/** RFC 3454 D.1, as blocks: letters that are written from right to left. */
const rightToLeft =
  /[\u05be\u05c0\u05c3\u05d0-\u05f4\u061b\u061f-\u064a\u066d-\u066f\u0671-\u06d5\u06dd\u06e5\u06e6\u06fa-\u070d\u0710\u0712-\u072c\u0780-\u07a5\u07b1\u200f\ufb1d\ufb1f-\ufdfc\ufe70-\ufefc]/u
const letter = /\p{L}/u

export type Prepared = { ok: true; text: string } | { ok: false; message: string }

/** The prepared text, or why it has none; the message does not repeat the text. */
export function saslprep(text: string): Prepared {
  if (text.length > longest) return { ok: false, message: `is longer than ${longest} characters` }
  // What needs no preparation at all.
  if (/^[\x20-\x7e]*$/.test(text)) return { ok: true, text }
  const mapped = text.replace(spaces, ' ').replace(nothing, '').normalize('NFKC')
  if (mapped === '' && text !== '')
    return { ok: false, message: 'is nothing but characters that are left out' }
  if (prohibited.test(mapped)) return { ok: false, message: 'holds a character that RFC 4013 §2.3 forbids' }
  if (mixed(mapped)) return { ok: false, message: 'mixes directions of writing, which RFC 3454 §6 forbids' }
  return { ok: true, text: mapped }
}

/** RFC 3454 §6: with one letter from right to left, the first and last are such, and none is of the other direction. */
function mixed(text: string): boolean {
  if (!rightToLeft.test(text)) return false
  const all = Array.from(text)
  const other = all.some((one) => letter.test(one) && !rightToLeft.test(one))
  return other || !rightToLeft.test(all[0]!) || !rightToLeft.test(all.at(-1)!)
}
