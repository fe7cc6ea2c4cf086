/**
 * Owns: writing text that strangers chose into shell, JavaScript and Python source, so that it can never be anything but
 * text. Only printable ASCII stands as it is: a command is pasted into terminals, where a control character is a key
 * (ESC ends a bracketed paste) and a mark that turns the writing direction hides what follows (CVE-2021-42574).
 */
import { toByteString, utf8 } from '../../../bytes/bytes.ts'

/** What a single-quoted word may hold. `!` is in none: an interactive bash expands it where it misjudges quotes. */
const plain = /^[ "#-&(-~]*$/

/** One word of a POSIX shell. NUL, which no word can hold, is left out. */
export function shellWord(text: string): string {
  if (plain.test(text)) return `'${text}'`
  return `"$(printf ${printfFormat(toByteString(utf8(text)).replaceAll('\0', ''))})"`
}

/** Format of printf (POSIX) that writes just these octets; one character per octet. */
export function printfFormat(octets: string): string {
  // Octets that are no printable ASCII, and those that mean something.
  const safe = octets.replace(/[^ -~]|[!%'\\]|^-/g, (octet) => {
    if (octet === '\r') return '\\r'
    if (octet === '\n') return '\\n'
    if (octet === '%') return '%%'
    if (octet === '\\') return '\\\\'
    return `\\${octet.charCodeAt(0).toString(8).padStart(3, '0')}`
  })
  return `'${safe}'`
}

/** printf commands that write these octets, a line of content each, so that a person can read and change them. */
export const printfLines = (octets: string): string[] =>
  linesOf(octets).map((line) => `printf ${printfFormat(line)}`)

/** Lines with their line feeds. */
export function linesOf(octets: string): string[] {
  const lines = octets.split('\n')
  const last = lines.pop() ?? ''
  return [...lines.map((line) => `${line}\n`), ...(last === '' ? [] : [last])]
}

/** A string of JavaScript. `</` is broken up, in case somebody puts it into a page. */
export const jsString = (text: string): string =>
  JSON.stringify(text)
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('</', '<\\/')

const pythonEscapes = (text: string): string =>
  text.replace(/[^ !#-[\]-~]/gu, (mark) => {
    const code = mark.codePointAt(0) ?? 0
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
    return `\\U${code.toString(16).padStart(8, '0')}`
  })

/** A `str` of Python 3. */
export const pythonString = (text: string): string => `"${pythonEscapes(text)}"`
/** A `bytes` of Python 3; one character per octet. */
export const pythonBytes = (octets: string): string => `b"${pythonEscapes(octets)}"`
