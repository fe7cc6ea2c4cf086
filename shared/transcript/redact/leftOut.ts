/** Owns: what stands for content that cannot be looked into, and knowing it again. */

const words = (octets: number): string =>
  `(This content of ${octets} octets is left out: nobody can tell which names are in it.)`
const form = /^\(This content of \d{1,12} octets is left out: nobody can tell which names are in it\.\)\s*$/

export const leftOutWords = words
/** `text` is decoded. */
export const isLeftOut = (text: string): boolean => text.length < 200 && form.test(text)
