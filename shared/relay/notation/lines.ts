/**
 * Owns: lines of a PowerMTA-style text: directives with a value, tags that open and close a block, comments. As described in
 * articles about that program; its own manual is not public. A comment begins with `#` at the start of a word.
 */

export interface Spot {
  /** From 1. */
  line: number
  /** Of the character in its line, from 1. */
  column: number
}

export type NotationLine = Spot & {
  /** The line without comment and outer blanks; of one that is too long its beginning. */
  text: string
} & (
    | { kind: 'directive'; name: string; value: string; at: Spot }
    | { kind: 'open'; name: string; value: string; at: Spot }
    | { kind: 'close'; name: string }
    | {
        kind: 'broken'
        problem: string
        /** The tag that was meant, where that can be told. */
        meant?: Extract<NotationLine, { kind: 'open' | 'close' }>
      }
  )

/** Characters of a line, and lines of a text, that are read. */
export const longestLine = 10_000
export const mostLines = 200_000

const comment = /(?:^|\s)#/

/** Cuts off the comment. In quotes, and inside a word such as a pattern, a `#` is a character. */
function withoutComment(line: string): string {
  if (!line.includes('"')) {
    const at = line.search(comment)
    return at < 0 ? line : line.slice(0, at)
  }
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') quoted = !quoted
    else if (line[at] === '#' && !quoted && (at === 0 || /\s/.test(line[at - 1]!))) return line.slice(0, at)
  }
  return line
}

/** A value in double quotes is what is inside, where a quote stands twice. */
export const unquoted = (value: string): string =>
  value.length > 1 && value.startsWith('"') && value.endsWith('"')
    ? value.slice(1, -1).replaceAll('""', '"')
    : value

/** As `unquoted` reads it again. */
export const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`

function split(text: string, from: Spot): { name: string; value: string; at: Spot } {
  const end = text.search(/\s/)
  const name = end < 0 ? text : text.slice(0, end)
  const rest = end < 0 ? '' : text.slice(end)
  const value = rest.trim()
  const column = from.column + (value === '' ? text.length : text.length - rest.trimStart().length)
  return { name: name.toLowerCase(), value: unquoted(value), at: { line: from.line, column } }
}

/** More than a tag stands in its line: `<smtp-user a> password x </smtp-user>`, `<source 0/0> require-auth true`. */
const behindTag = /^<[^>]*>.*(?:<\/|[^>]$)/

function tag(text: string, spot: Spot): NotationLine {
  const common = { ...spot, text }
  const crowded = behindTag.test(text)
  if (crowded || !text.endsWith('>')) {
    const problem = crowded
      ? 'has more behind its tag; a tag stands in a line of its own, and so does each directive'
      : 'begins a tag with < and does not end it; put > at the end of the line'
    const own = tag(`${text.split('>', 1)[0]!}>`, spot)
    // A block that ends in its own line holds nothing more.
    const known = own.kind !== 'broken' && own.kind !== 'directive' && !text.slice(1).includes('</')
    return { ...common, kind: 'broken', problem, ...(known ? { meant: own } : {}) }
  }
  if (text.startsWith('</')) return { ...common, kind: 'close', name: text.slice(2, -1).trim().toLowerCase() }
  const inner = text.slice(1, -1)
  const blanks = inner.length - inner.trimStart().length
  const read = split(inner.trim(), { line: spot.line, column: spot.column + 1 + blanks })
  if (read.name === '') return { ...common, kind: 'broken', problem: 'is a tag without a name; write it as <source 10.0.0.0/8>' }
  return { ...common, kind: 'open', ...read }
} // prettier-ignore

function lineOf(raw: string, line: number): NotationLine | null {
  const cut = withoutComment(raw)
  const text = cut.trim()
  if (text === '') return null
  const spot = { line, column: cut.length - cut.trimStart().length + 1 }
  if (raw.length > longestLine)
    return { ...spot, text: text.slice(0, 1000), kind: 'broken', problem: `is longer than ${longestLine} characters` }
  if (/[^\t\P{Cc}]/u.test(text))
    return { ...spot, text, kind: 'broken', problem: 'has a control character' }
  return text.startsWith('<') ? tag(text, spot) : { ...spot, text, kind: 'directive', ...split(text, spot) }
} // prettier-ignore

/** All lines that say something; line ends may be of any kind. */
export function notationLines(text: string): NotationLine[] {
  const raw = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  const read = raw.slice(0, mostLines).flatMap((line, place) => lineOf(line, place + 1) ?? [])
  if (raw.length <= mostLines) return read
  const spot = { line: mostLines + 1, column: 1 }
  return [...read, { ...spot, text: '', kind: 'broken', problem: `and all behind it is not read: a text has ${mostLines} lines at most` }] // prettier-ignore
}
