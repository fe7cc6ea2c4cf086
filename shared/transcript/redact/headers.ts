/**
 * Owns: what a header section tells of people (RFC 5322 §3.6): display names beside addresses, also in encoded words
 * (RFC 2047), and rewriting those. Bounded by the length of the section that is given.
 */
import { fromBase64, fromByteString, fromUtf8, toBase64, toByteString, utf8 } from '../../bytes/bytes.ts'

/** A longer section is read as body text. */
export const longestSection = 256 << 10

export interface DisplayName {
  name: string
  address: string
}

const peopleFields =
  /^(?:resent-)?(?:from|to|cc|bcc|sender|reply-to)$|^(?:return-path|delivered-to|x-original-to|disposition-notification-to|return-receipt-to|errors-to)$/i

/** Length of the header section of a message, its empty line not counted; 0 when there is none. */
export function sectionLength(message: string): number {
  const start = message.slice(0, longestSection)
  if (!/^[!-9;-~]+[ \t]*:/.test(start)) return 0
  const end = /\r?\n\r?\n/.exec(start)
  return end === null ? start.length : end.index
}

/** Display names of a section, decoded, each with the address in angle brackets after it. */
export function displayNames(section: string): DisplayName[] {
  const found: DisplayName[] = []
  for (const field of section.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/)) {
    const colon = field.indexOf(':')
    if (
      colon < 0 ||
      !peopleFields.test(
        field
          .slice(0, colon)
          .replace(/^[\s<>~*|=-]{0,10}/, '')
          .trim(),
      )
    )
      continue
    for (const entry of splitEntries(field.slice(colon + 1))) {
      const open = entry.lastIndexOf('<')
      if (open < 0) {
        // The older form, `ann@corp.com (Ann Lee)`.
        const comment = /^\s*([^\s()]{1,400}@[^\s()]{1,300})\s+\(([^()]{1,200})\)\s*$/.exec(entry)
        if (comment !== null) found.push({ name: decodeWords(comment[2]!).trim(), address: comment[1]! })
        continue
      }
      const name = decodeWords(entry.slice(0, open)).trim().replace(/^"|"$/g, '').replace(/\\(.)/g, '$1')
      found.push({
        name: name.slice(0, 200),
        address: entry
          .slice(open + 1)
          .replace(/>.*$/s, '')
          .trim(),
      })
    }
  }
  return found
}

/** Values of Message-ID, In-Reply-To, References and Content-ID. */
export const identifierFields = (section: string): string[] =>
  section
    .replace(/\r?\n(?=[ \t])/g, '')
    .split(/\r?\n/)
    .filter((field) => /^(?:resent-)?(?:message-id|in-reply-to|references|content-id):/i.test(field))

/** Entries of an address list: commas and semicolons outside quotes and angle brackets part them. */
function splitEntries(list: string): string[] {
  const entries: string[] = []
  let from = 0
  let quoted = false
  for (let at = 0; at < list.length; at++) {
    const mark = list[at]
    if (quoted && mark === '\\') at++
    else if (mark === '"') quoted = !quoted
    else if (!quoted && (mark === ',' || mark === ';')) {
      entries.push(list.slice(from, at))
      from = at + 1
    }
  }
  return [...entries, list.slice(from)]
}

/** Encoded words that follow one another are one text (RFC 2047 §6.2). */
const wordRuns =
  /=\?[\w*-]{1,40}\?[bq]\?[^?\s]{0,400}\?=(?:\s{1,10}=\?[\w*-]{1,40}\?[bq]\?[^?\s]{0,400}\?=)*/gi
const encodedWord = /=\?([\w-]{1,40})(?:\*[\w-]*)?\?([bq])\?([^?\s]{0,400})\?=/gi

/** Text with its encoded words decoded; those that cannot be are left. */
export const decodeWords = (text: string): string => text.replace(wordRuns, (run) => decodeRun(run) ?? run)

/** Text with `change` made in it and inside its encoded words; what changed in those is written in UTF-8. */
export function changeWords(text: string, change: (decoded: string) => string): string {
  let result = ''
  let at = 0
  for (const { 0: run, index } of text.matchAll(wordRuns)) {
    const decoded = decodeRun(run)
    if (decoded === null) continue
    const changed = change(decoded)
    result += change(text.slice(at, index)) + (changed === decoded ? run : encodeWords(changed))
    at = index + run.length
  }
  return result + change(text.slice(at))
}

function decodeRun(run: string): string | null {
  let text = ''
  for (const [, charset = '', kind = '', coded = ''] of run.matchAll(encodedWord)) {
    const octets = kind.toLowerCase() === 'b' ? fromBase64(padded(coded)) : fromQ(coded)
    const decoded = octets === null ? null : decodeCharset(octets, charset)
    if (decoded === null) return null
    text += decoded
  }
  return text
}

const padded = (coded: string): string => coded.padEnd(Math.ceil(coded.length / 4) * 4, '=')

function fromQ(coded: string): Uint8Array | null {
  const octets = coded
    .replaceAll('_', ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return /^[\0-\xff]*$/.test(octets) ? fromByteString(octets) : null
}

function decodeCharset(octets: Uint8Array, charset: string): string | null {
  const text = fromUtf8(octets)
  if (text !== null && /^(?:utf-?8|us-ascii)$/i.test(charset)) return text
  try {
    return new TextDecoder(charset).decode(octets)
  } catch {
    return toByteString(octets)
  }
}

/** An encoded word has 75 characters at most (RFC 2047 §2). */
function encodeWords(text: string): string {
  const words: string[] = []
  let part = ''
  for (const character of text) {
    if (utf8(part + character).length > 42) {
      words.push(part)
      part = ''
    }
    part += character
  }
  return [...words, part].map((word) => `=?utf-8?B?${toBase64(utf8(word))}?=`).join(' ')
}
