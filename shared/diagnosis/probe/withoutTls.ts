/**
 * Owns: the rule about a port on which TLS was to be used if it is offered, and it is not: everything said there is read
 * on the way. No error: a mail server must not demand STARTTLS of other mail servers (RFC 3207 §4).
 */
import type { Attempt } from '../facts.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

const isBare = ({ mode, greeted, starttls, masked, tls }: Attempt): boolean =>
  mode === 'opportunistic' && greeted && starttls === false && !masked && tls === undefined

/** One for each port of each host. */
export const withoutTls: ProbeRule = ({ attempts }) => {
  const places = Map.groupBy(attempts.filter(isBare), ({ host, port }) => `${host} port ${port}`)
  return [...places].map(([place, bare]) => {
    const { host, port } = bare[0]!
    const isRelay = port === 25
    // Then it is no matter of the port: the server differs by address, or something on one path takes it away.
    const apart = attempts.some((one) => one.host === host && one.port === port && one.starttls === true)
    const where = apart ? `${bare.map(({ address }) => address).join(', ')} port ${port}` : place
    return proved(
      'starttls-not-offered',
      bare.map(({ proof }) => proof),
      {
        side: apart ? 'unknown' : 'server',
        confidence: 'certain',
        severity: 'warning',
        message: `${where} offers no STARTTLS: whoever is on the path reads ${isRelay ? 'the mail that is handed over there' : 'what is said there, a password as well'}.`,
        next: isRelay
          ? 'Who runs the server should offer STARTTLS. If it is offered when asked from another network, something between takes it away.'
          : 'Send no password there: use a port with TLS, 465 or 587, or have STARTTLS switched on.',
        references: isRelay ? ['RFC 3207 §4', 'RFC 7435 §3'] : ['RFC 8314 §3.3', 'RFC 3207 §6'],
      },
    )
  })
}
