/** Owns: how two replies to the same step differ: which way they point, the code, the enhanced code, the words. */
import type { EventOf } from '../event.ts'
import { shortQuote } from '../shortened.ts'
import { shownLines } from '../shown.ts'
import { differ } from './difference.ts'
import { replyClass } from './stepParts.ts'
import type { Difference } from './types.ts'
import { saysTheSame } from './variable.ts'

/** Lines of one reply that are compared and told. */
const lineLimit = 250

/** Text of each line, without the codes. */
export function replyTexts(reply: EventOf<'reply'>): string[] {
  const lines = shownLines(reply.raw, reply.masked).slice(0, lineLimit)
  const { code, enhanced } = reply
  if (code === undefined) return lines
  return lines.map((line) => {
    const text = line.replace(/^\d{3}[- ]?/, '')
    return enhanced && text.startsWith(enhanced) ? text.slice(enhanced.length).trimStart() : text
  })
}

/** As `550 5.7.1: relay denied`; the first line with words stands for all. */
export function replyInWords(reply: EventOf<'reply'>): string {
  const text = replyTexts(reply).find((line) => line !== '') ?? ''
  const codes = [reply.code, reply.enhanced].filter((code) => code !== undefined).join(' ')
  const words = shortQuote(text)
  return codes === '' ? `“${words}”, which is no SMTP reply` : words === '' ? codes : `${codes}: ${words}`
}

const codeOf = (reply: EventOf<'reply'>) => (reply.code === undefined ? 'not SMTP' : String(reply.code))

/** `texts`: compare the words too; EHLO's are told as capabilities. */
export function compareReplies(
  left: EventOf<'reply'>,
  right: EventOf<'reply'>,
  texts: boolean,
): Difference[] {
  const [a, b] = [replyClass(left), replyClass(right)]
  // Two refusals with other codes are refused for other reasons; two that accept may differ as they like.
  const reason = a === b && a === 'good' ? 'note' : 'matters'
  const differences = [
    ...differ('reply', a === b ? reason : 'fate', 'reply code', codeOf(left), codeOf(right)),
    ...differ('reply', reason, 'enhanced code', left.enhanced ?? 'none', right.enhanced ?? 'none'),
  ]
  if (!texts) return differences
  const [ours, theirs] = [replyTexts(left).join('\n'), replyTexts(right).join('\n')]
  const weight = saysTheSame(ours, theirs) ? 'expected' : 'note'
  return [...differences, ...differ('text', weight, 'reply text', ours, theirs)]
}
