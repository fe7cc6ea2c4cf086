/**
 * Owns: what is a word in writing without spaces. FTS5's unicode61 takes letters that stand together as one word
 * (https://sqlite.org/fts5.html#unicode61_tokenizer), a whole Chinese or Japanese sentence with the Latin word beside it:
 * nothing in it but its beginning could be found. So each such character stands alone, in the index and in what is searched,
 * where several that follow each other are a phrase.
 */

/** Han, Kana and their marks. Korean is written with spaces. */
const alone =
  /[\u3005-\u3007\u3021-\u3029\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}]/gu

/** With a space on both sides of each character that is a word of its own; a text without them as it is. */
export const wordsApart = (text: string): string => text.replaceAll(alone, ' $& ')
