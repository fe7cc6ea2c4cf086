/** Owns: from a reply event back to the reply it was: code, enhanced code and text lines, bounded. */
import { fromByteString } from '../../bytes/bytes.ts'
import { parseReplyLine } from '../../smtp/grammar/reply.ts'
import type { Reply } from '../../smtp/machine/types.ts'
import type { EventOf } from '../../transcript/event.ts'

/** Lines and octets of one line that are looked at. */
const mostLines = 300
const longest = 2000

/** Undefined when the event is no SMTP reply. Bare LF ends a line here too: pasted transcripts have nothing else. */
export function replyOf(event: EventOf<'reply'>): Reply | undefined {
  const lines = event.raw
    .slice(0, mostLines * longest)
    .split('\n', mostLines)
    .map((line) => line.replace(/\r+$/, '').slice(0, longest))
    .filter((line) => line !== '')
  const parsed = lines.map((line) => parseReplyLine(fromByteString(line)))
  const code = event.code ?? parsed.findLast((line) => line !== null)?.code
  if (code === undefined) return undefined
  const enhanced = event.enhanced ?? parsed.find((line) => line?.enhanced !== undefined)?.enhanced
  return {
    code,
    ...(enhanced === undefined ? {} : { enhanced }),
    text: parsed.map((line, i) => line?.text ?? lines[i] ?? ''),
  }
}
