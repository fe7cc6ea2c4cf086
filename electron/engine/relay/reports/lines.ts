/**
 * Owns: what strangers wrote (replies, addresses, subjects) as something that can stand in a line of ours: no line ends, no
 * control characters, bounded.
 */

/** Characters of a reply or a subject that are given on. */
export const mostWords = 900

/** On one line, runs of white space and control characters as one space; cut after `most` UTF-16 units. */
export function oneLine(text: string, most = mostWords): string {
  // Cut twice: what is dropped anyway is not looked through.
  const line = text
    .slice(0, most * 4)
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`
}

/** Without line ends and control characters; spaces stay, since quotes of a local part may hold them (RFC 5321 §4.1.2). */
export const exact = (text: string, most: number): string =>
  text.slice(0, most).toWellFormed().replace(/[\p{Cc}\u2028\u2029]/gu, '') // prettier-ignore

export const isAscii = (text: string): boolean => /^[\0-\x7f]*$/u.test(text)

/** Lines of at most `width` characters, broken at spaces; a longer word stays whole. `text` is on one line. */
export function wrap(text: string, width: number, before = ''): string[] {
  const lines: string[] = []
  let line = before
  for (const word of text.split(' ')) {
    const longer = line === before ? `${line}${word}` : `${line} ${word}`
    if (longer.length <= width || line === before) line = longer
    else {
      lines.push(line)
      line = `${before}${word}`
    }
  }
  return [...lines, line]
}
