/**
 * Owns: names that something cuts which a reader does not see: a tag within a word of HTML, a soft line end of
 * `format=flowed; delsp=yes` (RFC 3676 §4.2). What cuts stays, after the name. Takes time in proportion to the text.
 */
import { wordBreak } from './phrases.ts'

type Change = (text: string) => string

/** Between letters. Others part words: `<td>`, `<br>`. */
const inlineTags =
  /(?<=[\p{L}\p{N}@._-])(?:<\/?(?:a|abbr|b|big|code|em|font|i|ins|mark|s|small|span|strong|sub|sup|tt|u|wbr)(?=[\s/>])[^<>]{0,300}>|<!--[^<>]{0,300}-->){1,10}(?=[\p{L}\p{N}@._-])/giu
const softEnds = /(?<=[\p{L}\p{N}@._-]) \r?\n[> ]{0,20}(?=[\p{L}\p{N}@._-])/gu

/** `change` knows `wordBreak`, and has been made in the text already. */
export function changeAcross(text: string, change: Change): string {
  const joined = text.includes('<') ? changeCut(text, change, inlineTags) : text
  return joined.includes(' \n') || joined.includes(' \r\n') ? changeCut(joined, change, softEnds) : joined
}

function changeCut(text: string, change: Change, cut: RegExp): string {
  if (text.includes(wordBreak)) return text
  const cuts = text.match(cut)
  if (cuts === null) return text
  const joined = text.replace(cut, wordBreak)
  const changed = change(joined)
  if (changed === joined) return text
  let at = 0
  return changed.replaceAll(wordBreak, () => cuts[at++] ?? '')
}
