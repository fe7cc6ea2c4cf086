/** Owns: the rule about a server that breaks a SASL exchange: a challenge that is no base64 (RFC 4954 §4), or no end of them. */
import { decodeChallenge } from '../../smtp/sasl/wire.ts'
import { advised } from '../advised.ts'
import type { Exchange } from '../reading/types.ts'
import type { Rule } from './types.ts'

/** No mechanism asks so often. */
const mostRounds = 10

export const authMechanismBroken: Rule = ({ exchanges }) => {
  const asked = exchanges.filter(({ verb, answer }) => verb === 'AUTH' && answer?.code === 334)
  const unreadable = asked.find(isUnreadable)
  if (unreadable) {
    const message = 'A challenge of the server is not base64.'
    return [advised('auth-mechanism-broken', 'auth', message, [unreadable.line?.seq, unreadable.reply?.seq])]
  }
  const endless = runOf(exchanges)
  if (endless.length <= mostRounds) return []
  const message = `The server asked more than ${mostRounds} times in one AUTH.`
  return [
    advised(
      'auth-mechanism-broken',
      'auth',
      message,
      endless.slice(0, 20).map(({ reply }) => reply?.seq),
    ),
  ]
}

/** A challenge with a masked part cannot be judged any more. */
const isUnreadable = ({ answer, reply }: Exchange): boolean =>
  (reply?.masked?.length ?? 0) === 0 && decodeChallenge(answer!.text.join('')) === null

/** The first run of challenges that is too long, else an empty list. */
function runOf(exchanges: readonly Exchange[]): Exchange[] {
  let run: Exchange[] = []
  for (const exchange of exchanges) {
    if (exchange.verb === 'AUTH' && !exchange.response) run = []
    if (exchange.answer?.code === 334) run.push(exchange)
    if (run.length > mostRounds) return run
  }
  return []
}
