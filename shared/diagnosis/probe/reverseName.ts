/**
 * Owns: the rule about the name of a server's own address (PTR): missing, or not leading back. It matters only when that
 * server sends mail, so that it is said as information; nobody expects one of a private address.
 */
import type { ReverseFacts } from '../facts.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

const mostNamed = 5

/** Loopback, private, unique local and link-local ones (RFC 1918, RFC 4193, RFC 4291 §2.4). */
const isPrivate = (address: string): boolean =>
  /^(?:127|10)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\.|^::1$|^f[cd]|^fe[89ab]/i.test(address)

export const reverseName: ProbeRule = ({ reverse = [] }) => {
  const asked = reverse.filter(({ address, state }) => state !== 'unanswered' && !isPrivate(address))
  const wanting = asked.filter(({ confirmed }) => confirmed.length === 0)
  if (wanting.length === 0) return []
  const more = wanting.length > mostNamed ? `, and ${wanting.length - mostNamed} more` : ''
  return [
    proved(
      'ptr-missing',
      wanting.map(({ proof }) => proof),
      {
        side: 'server',
        confidence: 'certain',
        message: `${wanting.slice(0, mostNamed).map(words).join('; ')}${more}. A server that only receives needs no such name; of one that sends, many receivers want it.`,
        next: 'If mail is sent from there, have whoever owns the address set its PTR record to a name whose address it is.',
        references: ['RFC 1912 §2.1', 'RFC 8601 §3'],
      },
    ),
  ]
}

const words = ({ address, names }: ReverseFacts): string =>
  names.length === 0
    ? `${address} has no name (PTR)`
    : `the name of ${address}, ${names.slice(0, 2).join(', ')}, does not lead back to it`
