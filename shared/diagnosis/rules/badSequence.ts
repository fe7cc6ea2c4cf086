/** Owns: the rule about commands and replies out of step: 503, and replies that nobody had asked for (RFC 5321 §4.3). */
import { quote } from '../../smtp/machine/client/words.ts'
import { advised } from '../advised.ts'
import type { Exchange, Reading } from '../reading/types.ts'
import { transactions } from './transactions.ts'
import type { Rule } from './types.ts'

export const badSequence: Rule = (reading) => {
  const { exchanges, told } = reading
  const followers = consequences(reading)
  const found = exchanges.filter(
    (one) => one.reply && !told.has(one.reply.seq) && !followers.has(one) && (one.unasked || is503(one)),
  )
  const [first] = found
  if (!first?.answer) return []
  const evidence = found.slice(0, 25).flatMap(({ line, reply }) => [line?.seq, reply?.seq])
  const message = first.unasked
    ? `A reply came that no command had asked for: ${quote(first.answer)}`
    : `The server says that ${first.verb === 'other' ? 'a line' : first.verb} came out of order: ${quote(first.answer)}`
  const side = first.unasked ? 'server' : 'client'
  return [advised('bad-sequence', first.phase, message, evidence, { side })]
}

const is503 = ({ verb, answer, line }: Exchange): boolean =>
  answer?.code === 503 &&
  line !== undefined &&
  verb !== 'AUTH' &&
  !/pipelin/i.test(answer.text.join(' ').slice(0, 2000))

/** After a refused MAIL, or with every recipient refused, the rest of a pipelined group is out of order by itself. */
function consequences(reading: Reading): ReadonlySet<Exchange> {
  const unwanted = transactions(reading).filter(({ unwanted: none }) => none)
  return new Set(
    unwanted.flatMap(({ mail, recipients, data, final }) => {
      const refused = (mail?.answer?.code ?? 0) >= 400
      return [...(refused ? recipients : []), ...[data, final].filter((one) => one !== undefined)]
    }),
  )
}
