/** Owns: the rule about messages that were taken: 250 to the end of content, with a recipient left (RFC 5321 §4.2.5). */
import { quote } from '../../smtp/machine/client/words.ts'
import { advised } from '../advised.ts'
import type { Rule } from './types.ts'
import { transactions } from './transactions.ts'

export const accepted: Rule = (reading) => {
  const taken = transactions(reading).flatMap(({ final, unwanted }) => {
    const { answer, reply } = final ?? {}
    return answer && reply && !unwanted && answer.code >= 200 && answer.code < 300
      ? [{ answer, reply, line: final?.line }]
      : []
  })
  const last = taken.at(-1)
  if (!last) return []
  const what = taken.length === 1 ? 'the message' : `${taken.length} messages, the last one`
  const message = `The server accepted ${what}: ${quote(last.answer)}`
  return [
    advised(
      'accepted',
      'body',
      message,
      taken.flatMap(({ line, reply }) => [line?.seq, reply.seq]),
    ),
  ]
}
