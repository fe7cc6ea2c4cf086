/**
 * Owns: the words of a recipient whose time was over: for how long and how often it was tried, then what was said last. They
 * are all that is stored of it, so they can be read again.
 */
import { countOf, spanWords } from './words.ts'

const said = /^Could not be delivered within [^;]{1,60}; last (?:reply|try): /u

/** `within`: milliseconds that the rules give a message; `last`: what was said to it last, if anything. */
export function givenUpWords(last: string | undefined, tries: number, within: number): string {
  const what = /^[2-5]\d\d\b/u.test(last ?? '') ? 'last reply' : 'last try'
  return `Could not be delivered within ${spanWords(within)}, in ${countOf(tries, 'try', 'tries')}; ${what}: ${last ?? 'nothing was said'}`
}

/** What was said last; null for words that are of no recipient that was given up. */
export const readGivenUp = (words: string): string | null => {
  const found = said.exec(words)
  return found === null ? null : words.slice(found[0].length)
}
