/** Owns: what holds for outgoing mail, in words, each with the entry it comes from. Pure. */
import { outboundDefaults } from './policy.ts'
import type { OutboundRules } from './outbound.ts'
import type { Smarthost } from './policy.ts'
import { smarthostTlsWords } from './smarthostTls.ts'

const units: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
]

/** `10 min`, `1 h 30 min`, `5 d`; parts of a second are left out. */
export function waitWords(milliseconds: number): string {
  let left = Math.max(1, Math.floor(milliseconds / 1000)) * 1000
  const parts = units.flatMap(([size, unit]) => {
    const count = Math.floor(left / size)
    left -= count * size
    return count === 0 ? [] : [`${count} ${unit}`]
  })
  return parts.join(' ')
}

function tlsWords(rules: OutboundRules, one: Smarthost | undefined): string {
  if (one !== undefined) return smarthostTlsWords(one, 'the one host', null)
  const { useStarttls, requireStarttls, smarthost, from } = rules
  if (smarthost !== undefined) return smarthostTlsWords(smarthost, 'smarthost', rules)
  if (requireStarttls) return `TLS required (${from.requireStarttls})`
  return useStarttls ? `TLS when offered (${from.useStarttls})` : `TLS not used (${from.useStarttls})`
}

/**
 * `192.0.2.4 as mta1.shop.example`, `TLS required (virtual-mta mta1, domain *)`, `tried again after 10 min (...)`, ... `one`:
 * the host that everything goes to by the settings, whatever way the rules name. An empty `sender` is told of nothing
 * (RFC 5321 §6.1).
 */
export function outboundWords(rules: OutboundRules, sender: string, one?: Smarthost): string[] {
  const { sourceHosts, smarthost, retryAfter, bounceAfter, from, maxConnections, maxRate } = rules
  const seal = smarthost && { plain: 'in clear', starttls: 'STARTTLS', implicit: 'implicit TLS' }[smarthost.tls] // prettier-ignore
  const signedIn = smarthost?.user === undefined ? '' : `, signed in as ${smarthost.user}`
  const waits = retryAfter.map(waitWords)
  const again = waits.length === 1 ? `every ${waits[0]}` : `after ${waits.join(', ')}, then every ${waits.at(-1)}`
  return [
    ...sourceHosts.map(({ address, name }) => `${address} as ${name}`),
    ...(smarthost && !one ? [`by smarthost ${smarthost.host}:${smarthost.port}, ${seal}${signedIn}`] : []),
    tlsWords(rules, one),
    ...(rules.ca === undefined || one ? [] : [`authorities in ${rules.ca} trusted, too (${from.ca})`]),
    `tried again ${again} (${from.retryAfter})`,
    sender === ''
      ? `given up after ${waitWords(bounceAfter)} (${from.bounceAfter}), and nobody is told: it has no sender`
      : `back to its sender after ${waitWords(bounceAfter)} (${from.bounceAfter})`,
    ...(maxConnections === outboundDefaults.maxConnections ? [] : [`${maxConnections} connections at most`]),
    ...(maxRate ? [`${maxRate.messages} messages in ${waitWords(maxRate.per)} at most`] : []),
  ]
} // prettier-ignore
