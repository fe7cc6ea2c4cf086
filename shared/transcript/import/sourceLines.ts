/**
 * Owns: cutting a text into lines, bounded: an over-long line keeps its beginning and says how long it was. Linear. Says
 * what a text is that cannot be a dialogue: nothing, or binary octets.
 */
import { atOnce } from '../../steps.ts'
import type { Problem, SourceLine, Steps } from './types.ts'

/** Characters kept of one line. The longest line that SMTP allows has 1000 octets (RFC 5321 §4.5.3.1.6). */
export const longestLine = 65_536
/** Lines that are read; a log of more is cut there and says so. */
export const mostLines = 500_000
/** Characters of a text that are read. */
export const longestText = 16 << 20

export interface Lines {
  lines: SourceLine[]
  problems: Problem[]
}

const count = (n: number): string => n.toLocaleString('en-US')

/** All lines at once. */
export const sourceLines = (given: string): Lines => atOnce(cuttingLines(given))

/** The lines, one in a step. */
export function* cuttingLines(given: string): Steps<Lines> {
  const problems: Problem[] = []
  // A byte order mark is not part of the first line.
  const start = given.startsWith('\ufeff') ? 1 : 0
  const text = given.length > longestText + start ? given.slice(0, longestText + start) : given
  if (text.length < given.length)
    problems.push({ line: 0, message: `The text has ${count(given.length)} characters; the first ${count(longestText)} were read.` }) // prettier-ignore
  const lines: SourceLine[] = []
  let from = start
  while (from < text.length) {
    if (lines.length === mostLines) {
      problems.push({ line: mostLines, message: `The text has more than ${count(mostLines)} lines; the rest was not read.` }) // prettier-ignore
      break
    }
    const feed = text.indexOf('\n', from)
    const end = feed < 0 ? text.length : feed
    lines.push(lineOf(text, from, end, lines.length + 1, problems))
    from = end + 1
    yield undefined
  }
  return { lines, problems }
}

function lineOf(text: string, from: number, end: number, number: number, problems: Problem[]): SourceLine {
  let last = end
  while (last > from && text[last - 1] === '\r') last--
  const size = last - from
  if (size <= longestLine) return { number, text: text.slice(from, last) }
  if (problems.length < 100)
    problems.push({ line: number, message: `The line has ${count(size)} characters; the first ${count(longestLine)} were kept.` }) // prettier-ignore
  return { number, text: text.slice(from, from + longestLine), cutFrom: size }
}

/** Characters looked at to tell a text from binary octets. */
const sample = 65_536

/** Why the text cannot be a dialogue, as a sentence; null when it may be one. */
export function notAText(text: string): string | null {
  const first = text.slice(0, sample)
  if (first.trim() === '') return 'The text is empty.'
  if (first.startsWith('%PDF-')) return 'This is a PDF file, not a text of a dialogue.'
  if (first.startsWith('PK\u0003\u0004')) return 'This is a ZIP archive; unpack it and import the text in it.'
  if (first.startsWith('\u001f\u008b') || first.startsWith('\u001f\ufffd'))
    return 'This is a gzip file; unpack it and import the text in it.'
  const zeros = tally(first, (code) => code === 0)
  if (zeros > first.length / 4)
    return 'Every other character is a zero: the text is UTF-16 read as something else. Save it as UTF-8.'
  const odd = tally(first, (code) => (code < 32 && !usual.has(code)) || code === 0xfffd)
  if (odd > first.length / 10) return 'These are binary octets, not a text of a dialogue.'
  return null
}

/** Tab, line feed, carriage return, escape and backspace come from terminals; form feed from old logs. */
const usual = new Set([8, 9, 10, 12, 13, 27])

function tally(text: string, odd: (code: number) => boolean): number {
  let found = 0
  for (let i = 0; i < text.length; i++) if (odd(text.charCodeAt(i))) found++
  return found
}
