/**
 * Owns: the rule about commands and replies out of step: 503, replies that nobody had asked for, and a 334 or 354 to what
 * is neither AUTH nor DATA (RFC 5321 §4.3, RFC 4954 §4).
 */
import { quote } from '../../smtp/machine/client/words.ts'
import { advised } from '../advised.ts'
import type { Exchange, Reading } from '../reading/types.ts'
import { transactions } from './transactions.ts'
import type { Rule } from './types.ts'

export const badSequence: Rule = (reading) => {
  const { exchanges, told } = reading
  const followers = consequences(reading)
  const found = exchanges.filter(
    (one) =>
      one.reply &&
      !told.has(one.reply.seq) &&
      !followers.has(one) &&
      (one.unasked || is503(one) || goesOn(one)),
  )
  const [first] = found
  if (!first?.answer) return []
  const evidence = found.slice(0, 25).flatMap(({ line, reply }) => [line?.seq, reply?.seq])
  const by = first.unasked || goesOn(first) ? 'server' : 'client'
  return [advised('bad-sequence', first.phase, wordsFor(first, quote(first.answer)), evidence, { side: by })]
}

function wordsFor(exchange: Exchange, reply: string): string {
  if (exchange.unasked) return `A reply came that no command had asked for: ${reply}`
  const what = exchange.verb === 'other' ? 'a line' : exchange.verb
  if (goesOn(exchange)) return `The server answered ${what} as if it were ${needed(exchange)}: ${reply}`
  return `The server says that ${what} came out of order: ${reply}`
}

/** After 334 the next line is a response to AUTH, after 354 content: the server reads on although nobody asked it to. */
function goesOn(exchange: Exchange): boolean {
  const wanted = goAheads.get(exchange.answer?.code ?? 0)
  return (
    wanted !== undefined &&
    exchange.verb !== wanted &&
    commands.has(exchange.verb) &&
    exchange.line !== undefined
  )
}

const needed = ({ answer }: Exchange): string => goAheads.get(answer?.code ?? 0) ?? 'another command'

const goAheads: ReadonlyMap<number, string> = new Map([
  [334, 'AUTH'],
  [354, 'DATA'],
])
/** A line that was not understood may be an AUTH or a DATA that an import shows otherwise. */
const commands: ReadonlySet<string> = new Set(['EHLO', 'HELO', 'STARTTLS', 'MAIL', 'RCPT', 'DATA', 'AUTH', 'RSET', 'NOOP', 'VRFY', 'EXPN', 'HELP']) // prettier-ignore

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
