/**
 * Owns: the rule about STARTTLS that was wanted and is not offered. Where capabilities are overwritten, something
 * between took it away (RFC 3207 §6); otherwise one session alone cannot tell that from a server that has none.
 */
import { has, overwritten } from '../../smtp/grammar/capabilities.ts'
import { advised } from '../advised.ts'
import type { Rule } from './types.ts'

export const starttlsMissing: Rule = ({ head, hellos, exchanges }) => {
  const clear = hellos.filter(({ sealed }) => !sealed)
  const masked = clear.find(
    ({ capabilities }) => overwritten(capabilities).length > 0 && !has(capabilities, 'STARTTLS'),
  )
  if (masked) {
    const message = 'Capabilities are overwritten with X, and STARTTLS is not among the rest.'
    return [advised('starttls-stripped', 'starttls', message, [masked.reply.seq], { confidence: 'likely' })]
  }
  const asked = exchanges.find(({ verb }) => verb === 'STARTTLS')
  const last = asked ? asked.hello : clear.at(-1)
  if (!last || (head.tls !== 'starttls' && !asked) || has(last.capabilities, 'STARTTLS')) return []
  if (asked?.answer && asked.answer.code < 400) return []
  return [
    advised(
      'starttls-not-offered',
      'starttls',
      'STARTTLS is wanted, but the server does not offer it.',
      [last.reply.seq, asked?.line?.seq, asked?.reply?.seq],
      {
        next: 'Use implicit TLS on port 465, or another port. If STARTTLS is offered here from another network, something between takes it away: compare with a session from there.',
      },
    ),
  ]
}
