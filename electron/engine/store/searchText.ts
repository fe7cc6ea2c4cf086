/**
 * Owns: a person's search words as an FTS5 query (https://sqlite.org/fts5.html#full_text_query_syntax). Every word is
 * quoted, so nothing typed is ever syntax; each must occur, as the beginning of a word at least.
 */
import { wordsApart } from '#shared/inbox/wordsApart.ts'

const mostWords = 20

/**
 * One word or phrase as FTS5 looks for it. Rows that were indexed before characters stood alone are found as they were then.
 * `beginning`: the last word may go on.
 */
export function quotedWords(text: string, beginning: boolean): string {
  const quoted = (words: string): string =>
    `"${words.replaceAll('"', '""').replaceAll('\0', ' ')}"${beginning ? '*' : ''}`
  const apart = wordsApart(text).trim()
  return apart === text.trim() ? quoted(text) : `(${quoted(text)} OR ${quoted(apart)})`
}

/** Null when nothing in the text can be searched for. */
export function searchText(text: string): string | null {
  const words = text
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords)
  if (words.length === 0) return null
  return words.map((word) => quotedWords(word, true)).join(' AND ')
}
