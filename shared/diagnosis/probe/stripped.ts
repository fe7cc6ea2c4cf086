/**
 * Owns: the rule about STARTTLS that is offered by one path or port of a host and missing on another. A server may
 * well offer it on one port only, so another port alone is `possible`; the same port by another address or family, or
 * a rewritten greeting, makes tampering `likely` (RFC 3207 §6).
 */
import type { Attempt } from '../facts.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

export const stripped: ProbeRule = ({ attempts }) => {
  const offering = attempts.filter(({ starttls }) => starttls === true)
  const missing = attempts.filter(
    (one) => one.starttls === false && (one.masked || offering.some((other) => other.host === one.host)),
  )
  const [first] = missing.toSorted((a, b) => weight(b, offering) - weight(a, offering))
  if (!first) return []
  const others = offering.filter(({ host }) => host === first.host)
  const likely = weight(first, offering) > 0
  const where = `${first.address} port ${first.port}`
  const elsewhere =
    others.length > 0 ? ` ${others[0]!.address} port ${others[0]!.port} of the same host offers it.` : ''
  return [
    proved(
      'starttls-stripped',
      [first, ...others].map(({ proof }) => proof),
      {
        side: 'network',
        confidence: likely ? 'likely' : 'possible',
        message: `${where} offers no STARTTLS${first.masked ? ', and its greeting or capabilities are overwritten' : ''}.${elsewhere} Something between ${likely ? 'seems to take' : 'may take'} it away${likely ? '' : ', or the server offers it on that port only'}.`,
        next: `${wayOut(first, attempts)}${likely ? '' : ' A session from another network tells the two apart.'}`,
        references: ['RFC 3207 §6', 'RFC 8314 §3.3'],
        ...(likely ? {} : { severity: 'warning' as const }),
      },
    ),
  ]
}

/** Implicit TLS cannot be stripped; a port that was seen not to serve is not advised. */
function wayOut({ host }: Attempt, attempts: readonly Attempt[]): string {
  const mine = attempts.filter((one) => one.host === host)
  const implicit = mine.find(({ mode, tls }) => mode === 'implicit' && tls !== undefined)
  if (implicit) return `Use implicit TLS on ${implicit.port}, which cannot be stripped.`
  return mine.some(({ port }) => port === 465)
    ? 'Implicit TLS cannot be stripped, but 465 does not serve here: have SMTP inspection switched off in this network, or use another one.'
    : 'Try implicit TLS on 465, which cannot be stripped.'
}

/** How much speaks for tampering. */
const weight = (one: Attempt, offering: readonly Attempt[]): number =>
  (one.masked ? 2 : 0) + (offering.some(({ host, port }) => host === one.host && port === one.port) ? 1 : 0)
