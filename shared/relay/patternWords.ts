/**
 * Owns: why a pattern is not taken, in words that say what is true of that very pattern and what would be right. The matcher
 * knows them as kinds of errors; `found` is the part of the pattern that it names.
 */

/** What the matcher's time being linear in the text asks for (RE2's syntax has neither). */
const unbounded = 'which a matcher of bounded time cannot have; write what is wanted without it'

/** The most that one repetition, or repetitions inside of one another, may come to: RE2's limit. */
const mostRepeats = 1000

function repeatWords(found: string): string {
  const [, least = '', most = ''] = /^\{(\d+)(?:,(\d*))?\}$/.exec(found) ?? []
  if (most !== '' && Number(least) > Number(most))
    return `${found} repeats at least ${least} and at most ${most} times; write the smaller number first`
  if (Number(least) > mostRepeats || Number(most) > mostRepeats)
    return `${found} repeats more often than 1,000 times, which is the most; repeat fewer times, or without end: {${Math.min(Number(least), mostRepeats)},}`
  return `${found} stands in or around another repetition, and together they come to more than 1,000; repeat fewer times`
}

function groupWords(found: string): string {
  if (/^\(\?[=!]/.test(found)) return `${found} is look-ahead, ${unbounded}`
  if (/^\(\?<[=!]/.test(found)) return `${found.slice(0, 4)} is look-behind, ${unbounded}`
  if (found.startsWith('(?>')) return `${found} is an atomic group, which is of no use to a matcher that never goes back; write (?:`
  if (found.startsWith('(?#')) return `${found} is a comment inside of a pattern; put it behind a # at the end of the line`
  return `${found} is no option of a group; write (?: for a group, (?s) or (?m) for an option`
} // prettier-ignore

function escapeWords(found: string): string {
  if (/^\\(?:[1-9]|k)/.test(found)) return `${found} is a back reference, ${unbounded}`
  return `${found} is no escape; write \\\\ for a backslash, \\. for a dot, \\d, \\w or \\s for digits, letters or blanks`
}

const shown = (found: string): string => (found.length > 60 ? `${found.slice(0, 60)}…` : found)

/** By the beginning of the kind. */
const byKind: readonly (readonly [string, (found: string) => string])[] = [
  ['invalid repeat count', repeatWords],
  ['invalid or unsupported Perl syntax', groupWords],
  ['invalid named capture', (found) => (/^\(\?<[=!]/.test(found) ? groupWords(found) : `${found} names a group by what is no name; letters, digits and _ make one`)],
  ['invalid escape sequence', escapeWords],
  ['invalid nested repetition operator', (found) => `${found} repeats what is repeated already; put the first repetition in parentheses: (?:a+)+`],
  ['missing argument to repetition operator', (found) => `${found} has nothing in front of it to repeat; write \\${found} for the character`],
  ['missing closing ]', (found) => `${found} opens a set of characters without an end; put ] behind it, or write \\[ for the character`],
  ['missing closing )', () => 'a parenthesis is opened and not closed; put ) where it ends, or write \\( for the character'],
  ['unexpected )', () => 'a parenthesis is closed that was not opened; take it out, or write \\) for the character'],
  ['invalid character class range', (found) => `${found} is no set of characters; write the lower character first, as a-z`],
  ['trailing backslash', () => 'its last character is a backslash; write \\\\ for one'],
  ['duplicate capture group name', (found) => `two groups are named ${found}; leave names out`],
  ['expression nests too deeply', () => 'its parentheses stand too deep inside of one another; use fewer'],
  ['expression too large', () => 'it is too large when its repetitions are written out; repeat fewer times'],
] // prettier-ignore

/** `message`: the matcher's own, as `invalid repeat count: {1,5000}` in backquotes. The words follow `is no pattern: `. */
export function patternWords(message: string): string {
  const text = message.replace(/^error parsing regexp: /, '')
  const [, kind = text, part = ''] = /^(.*?): `([\s\S]*)`$/.exec(text) ?? []
  // The matcher puts its options in front of the whole.
  const found = shown(part.replace(/^\(\?i\)/, ''))
  const words = byKind.find(([name]) => kind.startsWith(name))?.[1]
  return words === undefined ? shown(text) : words(found)
}
