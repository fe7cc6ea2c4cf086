/**
 * Owns: the rule about passwords that may cross the network unprotected: AUTH with a mechanism that sends the password
 * itself, offered before TLS (RFC 4954 §4 and §14, RFC 8314 §5.1). Of our own listener it is said when a client did so.
 */
import { authMechanisms, has } from '../../smtp/grammar/capabilities.ts'
import { finding } from '../finding.ts'
import type { Hello } from '../reading/types.ts'
import { milderHere, staysHere } from './loopback.ts'
import type { Rule } from './types.ts'

/** What an eavesdropper can use again: the password, or a token as good as one. */
const bare = new Set(['PLAIN', 'LOGIN', 'XOAUTH2', 'OAUTHBEARER'])

export const authOfferedInClear: Rule = (reading) => {
  const { hellos, exchanges, head } = reading
  const offers = hellos.filter(({ sealed }) => !sealed).filter((hello) => mechanisms(hello).length > 0)
  const said = exchanges.filter(
    ({ verb, sealed, line, response }) => verb === 'AUTH' && !sealed && line && !response,
  )
  const used = said.filter(({ line }) => bare.has(line!.raw.trim().split(/\s+/, 2)[1]?.toUpperCase() ?? ''))
  const [offer] = offers
  // On this computer nobody listens: an offer is no fault, a password that was sent so is a remark.
  const onlyOffered = used.length === 0
  if (!offer || (onlyOffered && (head.role === 'server' || staysHere(reading)))) return []
  const names = mechanisms(offer).join(', ')
  const sent = onlyOffered ? '' : ' A password was sent that way.'
  const starttls = has(offer.capabilities, 'STARTTLS')
  return [
    finding('auth-offered-in-clear', {
      side: 'server',
      confidence: 'certain',
      evidence: [...offers.map(({ reply }) => reply.seq), ...used.map(({ line }) => line!.seq)],
      message: `The server offers AUTH ${names} before TLS: whoever is on the path can read the password.${sent}`,
      next: starttls
        ? 'On the server, offer AUTH only after STARTTLS; in the client, require TLS.'
        : 'On the server, set up STARTTLS or implicit TLS and offer AUTH only inside it; until then use another port.',
      references: ['RFC 4954 §4', 'RFC 8314 §5.1'],
      ...milderHere(reading),
    }),
  ]
}

const mechanisms = ({ capabilities }: Hello): string[] =>
  authMechanisms(capabilities)
    .filter((name) => bare.has(name))
    .slice(0, 8)
