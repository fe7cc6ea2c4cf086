/**
 * Owns: the rule about STARTTLS that is offered and not insisted on: MAIL or AUTH is taken in clear, so a client that is
 * tricked or misconfigured sends in clear without noticing. On port 25 a server must take MAIL in clear (RFC 3207 §4).
 */
import { has } from '../../smtp/grammar/capabilities.ts'
import { finding } from '../finding.ts'
import type { Exchange, Reading } from '../reading/types.ts'
import { milderHere } from './loopback.ts'
import type { Rule } from './types.ts'

export const starttlsNotEnforced: Rule = (reading) => {
  const taken = reading.exchanges.filter((exchange) => takenInClear(exchange, reading.head))
  const [first] = taken
  if (!first?.hello) return []
  const verbs = [...new Set(taken.map(({ verb }) => verb))].join(' and ')
  return [
    finding('starttls-not-enforced', {
      side: 'server',
      confidence: 'certain',
      evidence: [first.hello.reply.seq, ...taken.flatMap(({ line, reply }) => [line!.seq, reply!.seq])].slice(
        0,
        20,
      ),
      message: `The server offers STARTTLS and takes ${verbs} without it.`,
      next: 'On a submission port, have the server refuse MAIL and AUTH before TLS (530 5.7.0); in the client, require TLS.',
      references: ['RFC 3207 §4', 'RFC 8314 §3.3'],
      ...milderHere(reading),
    }),
  ]
}

function takenInClear(exchange: Exchange, head: Reading['head']): boolean {
  const { verb, line, reply, answer, sealed, hello } = exchange
  if (sealed || !line || !reply || !answer || !hello || !has(hello.capabilities, 'STARTTLS')) return false
  if (verb === 'MAIL') return head.port !== 25 && answer.code < 300
  return verb === 'AUTH' && answer.code < 400
}
