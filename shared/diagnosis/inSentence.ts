/** Owns: how a sentence of our own stands inside another one. */

/** `ECONNREFUSED` keeps its letters. */
export const inSentence = (text: string): string =>
  text.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase()).replace(/\.$/, '')
