/**
 * Owns: what a header section tells of people (RFC 5322 §3.6): display names beside addresses, also in encoded words
 * (RFC 2047). Bounded by the length of the section that is given.
 */
import { decodeWords } from './encodedWords.ts'

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
