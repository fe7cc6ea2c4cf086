/**
 * Owns: names that a text writes with escapes of its own: `%C3%B6` of a URL (RFC 3986 §2.1), `=C3=B6` of a message that is
 * quoted as it travelled, `&ouml;` of HTML, `\"` of a quoted string (RFC 5322 §3.2.4), `\u00f6` of JSON (RFC 8259 §7). Each function answers with the text
 * in which `change` is made, in plain words and in such runs; a run is written anew only where something changed in it.
 * Takes time in proportion to the text.
 */
import { fromByteString, fromUtf8, toByteString, utf8 } from '../../bytes/bytes.ts'
import { entityCharacters } from './entities.ts'
import { fromQuotedPrintable } from './transferEncoding.ts'

type Change = (text: string) => string

interface Form {
  /** A text without it holds no such run. */
  mark: string
  runs: RegExp
  decode: (run: string) => string
  encode: (text: string) => string
}

function inRuns(text: string, change: Change, { mark, runs, decode, encode }: Form): string {
  if (!text.includes(mark)) return change(text)
  let result = ''
  let at = 0
  for (const { 0: run, index } of text.matchAll(runs)) {
    if (!run.includes(mark)) continue
    const decoded = decode(run)
    if (decoded === run || !/[\p{L}\p{N}]/u.test(decoded)) continue
    const changed = change(decoded)
    if (changed === decoded) continue
    result += change(text.slice(at, index)) + encode(changed)
    at = index + run.length
  }
  return result + change(text.slice(at))
}

const octetsAsText = (octets: string): string => fromUtf8(fromByteString(octets)) ?? octets

/** Octets among text that may hold other characters. */
function fromPercent(run: string): string {
  return run.replace(/(?:%[0-9A-Fa-f]{2})+/g, (codes) =>
    octetsAsText(codes.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))),
  )
}

const percent: Form = {
  mark: '%',
  runs: /[\p{L}\p{N}\p{M}_.~'+@%-]+/gu,
  decode: fromPercent,
  encode: (text) => encodeURIComponent(text.toWellFormed()).replaceAll('%2B', '+'),
}
export const changePercent = (text: string, change: Change): string => inRuns(text, change, percent)

const quotedPrintable: Form = {
  mark: '=',
  runs: /(?:[^\s=]|=(?:\r?\n)?)+/g,
  decode(run) {
    // `user=dead@corp.com` is no escape: encoders write capitals (RFC 2045 §6.7), and hardly ever two small letters.
    if (!/=(?:[0-9A-F]{2}|\d[a-f]|[a-f]\d|\r?\n)/.test(run)) return run
    const wide = /[^\0-\xff]/.test(run)
    return octetsAsText(fromQuotedPrintable(wide ? toByteString(utf8(run)) : run))
  },
  encode: (text) =>
    toByteString(utf8(text)).replace(
      /[^!-<>-~]/g,
      (octet) => `=${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    ),
}
export const changeQuoted = (text: string, change: Change): string =>
  /=(?:[0-9A-Fa-f]{2}|\r?\n)/.test(text) ? inRuns(text, change, quotedPrintable) : change(text)

const entity = /&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z]{2,8}));?/g
export const fromEntities = (text: string): string =>
  text.replace(entity, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entityCharacters.get(name) ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : whole
  }) // prettier-ignore
const entities: Form = {
  mark: '&',
  runs: /[\p{L}\p{N}\p{M}&#;._@'-]+/gu,
  decode: fromEntities,
  encode: (text) => text.replace(/[&<>"]|[^\0-\x7f]/gu, (character) => `&#${character.codePointAt(0)!};`),
}
export const changeEntities = (text: string, change: Change): string => inRuns(text, change, entities)

const pairs: Form = {
  mark: '\\',
  runs: /(?:[^\s"\\]|\\[^\r\n])+/g,
  decode: (run) => run.replace(/\\(.)/g, '$1'),
  encode: (text) => text.replace(/["\\]/g, '\\$&'),
}
export const changePairs = (text: string, change: Change): string => inRuns(text, change, pairs)

const jsonEscape = /\\(?:u([0-9A-Fa-f]{4})|([nrtbf"\\/]))/g
const jsonCharacters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
/** What is no escape of JSON stays. */
export const fromJson = (text: string): string =>
  text.replace(jsonEscape, (_, hex: string | undefined, letter = '') =>
    hex === undefined ? (jsonCharacters[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
const json: Form = {
  mark: '\\',
  runs: /(?:[^\s"\\]|\\(?:u[0-9A-Fa-f]{4}|[nrtbf"\\/]))+/g,
  decode: fromJson,
  encode: (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
}
/** JSON inside a string of JSON too. */
export const changeJson = (text: string, change: Change): string =>
  inRuns(text, (outer) => inRuns(outer, change, json), json)
