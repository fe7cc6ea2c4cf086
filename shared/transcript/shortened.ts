/** Owns: shortening what a peer said where it is quoted in a sentence: a line of 10 MB must not drown the words around it. */

/** Up to here a quote is whole: refusals say their reason and a link in fewer characters. */
const whole = 200
const kept = 60
/** A word of more characters is no word of a language, nor a name of DNS (RFC 1035 §2.3.4). */
const longWord = /\S{256,}/gu

const cut = (text: string): string =>
  `${text.slice(0, kept)}… (${text.length.toLocaleString('en-US')} characters)`

/** A value: whole, or its beginning and how long it is. */
export const shortQuote = (text: string): string => (text.length > whole ? cut(text) : text)

/** A sentence: its words stay, only a stretch without spaces that no language has is cut. */
export const shortSentence = (text: string): string => text.replace(longWord, cut)
