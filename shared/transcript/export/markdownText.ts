/**
 * Owns: putting text that strangers chose into Markdown, so that it stays text: no HTML, link, picture, mention or heading
 * comes of it, and nothing ends a code block early (CommonMark §4.5, §6.1; GitHub's mentions and references).
 */

// eslint-disable-next-line no-control-regex -- the point is to find them
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

/** Controls and marks that turn the writing direction, spelt out; line feeds and tabs stay. */
const visible = (text: string): string =>
  text.replace(unsafe, (mark) => `\\u{${mark.charCodeAt(0).toString(16)}}`)

/** Backticks of a fence that nothing in the text can end: one more than the longest run in it. */
function fenceFor(text: string, least: number): string {
  let longest = 0
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  return '`'.repeat(Math.max(least, longest + 1))
}

/** A code span on one line. A bar is escaped, because a table is cut at bars first (GFM §4.10). */
export function code(text: string): string {
  const line = visible(text.replace(/\s+/g, ' ')).trim().replaceAll('|', '\\|')
  if (line === '') return '` `'
  const fence = fenceFor(line, 1)
  const gap = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return fence + gap + line + gap + fence
}

/** An opening bracket after a blank begins no link: there is no `]` before it. */
const harmless = /^[(“]?§?[\p{L}\p{N}][\p{L}\p{N}.,;:'’”()%-]*[?!]?$/u
const link = /www\.|^[(“]?[a-z]+:[^ ]|^[(“]?(?:gh|gl)-\d/i

/** A sentence: words that could mean something to Markdown become code spans, the others stay readable. */
export const sentence = (text: string): string =>
  text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => (harmless.test(word) && !link.test(word) ? word : code(word)))
    .join(' ')

/** Lines between two pauses. */
const stretch = 200

/**
 * A fenced code block of these lines, with its line feeds. Which fence it needs shows in the last of them: until then an
 * empty piece comes now and again, so that whoever asked for the pieces can pause.
 */
export function* block(lines: Iterable<string>): Generator<string> {
  const safe: string[] = []
  let fence = '```'
  for (const line of lines) {
    const seen = visible(line)
    const own = fenceFor(seen, 3)
    if (own.length > fence.length) fence = own
    if (safe.push(seen) % stretch === 0) yield ''
  }
  yield `${fence}text\n`
  for (const line of safe) yield `${line}\n`
  yield `${fence}\n`
}
