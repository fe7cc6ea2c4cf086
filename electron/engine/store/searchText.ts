/**
 * Owns: a person's search words as an FTS5 query (https://sqlite.org/fts5.html#full_text_query_syntax). Every word is
 * quoted, so nothing typed is ever syntax; each must occur, as the beginning of a word at least.
 */
const mostWords = 20

/** Null when nothing in the text can be searched for. */
export function searchText(text: string): string | null {
  const words = text
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords)
  if (words.length === 0) return null
  return words.map((word) => `"${word.replaceAll('"', '""').replaceAll('\0', ' ')}"*`).join(' AND ')
}
