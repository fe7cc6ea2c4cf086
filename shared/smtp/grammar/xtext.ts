/** Owns: xtext (RFC 3461 §4): printable ASCII as it is; `+`, `=` and everything else as `+XX`, upper-case hex. */
import { fromByteString, fromUtf8, toByteString, utf8 } from '../../bytes/bytes.ts'
import { problem, type Read } from './problem.ts'

/** Text as xtext of its UTF-8 octets. */
export function encodeXtext(text: string): string {
  let coded = ''
  for (const octet of utf8(text)) {
    const plain = octet > 32 && octet < 127 && octet !== 0x2b && octet !== 0x3d
    coded += plain ? String.fromCharCode(octet) : '+' + octet.toString(16).toUpperCase().padStart(2, '0')
  }
  return coded
}

/**
 * Text of xtext; lower-case hex is accepted too, as senders write it. Octets that are not UTF-8 come out as one character
 * each. Characters above U+007F are kept (RFC 6531 §3.4 allows them in ORCPT as utf-8-addr-xtext).
 */
export function decodeXtext(text: string): Read<string> {
  const wrong = /[^!-*,-<>-~\u0080-\u{10ffff}+]|\+(?![0-9A-Fa-f]{2})/u.exec(text)
  if (wrong)
    return problem('xtext', text, `character ${wrong.index + 1} is not xtext; write +XX with two hex digits`)
  const octets = toByteString(utf8(text)).replace(/\+([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  const decoded = fromByteString(octets)
  return { ok: true, value: fromUtf8(decoded) ?? octets }
}

/**
 * An address outside ASCII in an address type `utf-8` (RFC 6533 §3): what must not stand there as `\x{HEX}`. `raw`: letters
 * outside ASCII stay as they are, which only a transaction with SMTPUTF8 may say (utf-8-addr-unitext).
 */
export const encodeAddress = (text: string, raw: boolean): string =>
  Array.from(text, (character) => {
    const code = character.codePointAt(0)!
    const plain = code > 32 && code < 127 && !'+=\\'.includes(character)
    return plain || (raw && code > 159) ? character : `\\x{${code.toString(16).toUpperCase()}}`
  }).join('')
