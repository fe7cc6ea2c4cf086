/** Owns: quoting a server's reply inside a sentence, bounded in length. */
import type { Reply } from '../types.ts'

const longest = 300

/** `550 5.1.1 No such user`, on one line. The text is the server's; secrets in it are masked before it comes here. */
export function quote({ code, enhanced, text }: Reply): string {
  const words = text.join(' ').trim()
  const cut = words.length > longest ? words.slice(0, longest) + '…' : words
  return [String(code), enhanced, cut].filter((part) => part !== undefined && part !== '').join(' ')
}

export const positive = ({ code }: Reply): boolean => code >= 200 && code < 300
