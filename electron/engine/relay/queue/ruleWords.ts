/** Owns: what holds for one leg, each rule in a few words with where it comes from. */
import { outboundRules, type OutboundRules } from '#shared/relay/outbound.ts'
import { ownPostmasterWords } from '#shared/relay/postmaster.ts'
import { smarthostTlsWords } from '#shared/relay/smarthostTls.ts'
import type { RelaySettings } from '#shared/rpc/contract/relay.ts'
import type { RelayRulesNow } from '../types.ts'
import { isShared } from './allowances.ts'
import type { Entry } from './entry.ts'
import { countOf, spanWords } from './words.ts'

export const rulesOf = ({ policy }: Pick<RelayRulesNow, 'policy'>, { leg, virtualMta }: Pick<Entry, 'leg' | 'virtualMta'>): OutboundRules =>
  outboundRules(policy, virtualMta, leg.domain) // prettier-ignore

/** The virtual MTA whose rules hold; one that the rules do not have is none. */
export const mtaOf = ({ policy }: Pick<RelayRulesNow, 'policy'>, { virtualMta }: Pick<Entry, 'virtualMta'>): string | undefined =>
  policy.virtualMtas.some(({ name }) => name === virtualMta) ? virtualMta : undefined // prettier-ignore

/** As `TLS required (virtual-mta mta1, domain *)`. */
export function ruleWords(now: RelayRulesNow, entry: Pick<Entry, 'leg' | 'virtualMta'>): string[] {
  if (entry.leg.recipients[0]?.local === true) return [ownPostmasterWords]
  const { delivery } = now.settings
  if (delivery.to === 'inbox') return ['Everything is kept in the Inbox; nothing leaves this computer']
  const rules = rulesOf(now, entry)
  const { from, retryAfter, bounceAfter, maxConnections, maxRate, smarthost, sourceHosts } = rules
  const [leaving] = sourceHosts
  return [
    ...(delivery.to === 'host' ? [`Everything goes to ${delivery.host}:${delivery.port}`] : []),
    ...(smarthost && delivery.to !== 'host' ? [`By way of ${smarthost.host}:${smarthost.port}`] : []),
    ...(leaving ? [`From ${leaving.address} as ${leaving.name}`] : []),
    tlsWords(rules, delivery),
    `Tried again after ${waitWords(retryAfter)} (${from.retryAfter})`,
    `Given up after ${spanWords(bounceAfter)} (${from.bounceAfter})`,
    `At most ${countOf(maxConnections, 'connection')} at once${ofWords(rules, from.maxConnections)}`,
    ...(maxRate ? [`At most ${countOf(maxRate.messages, 'message')} in ${spanWords(maxRate.per)}${ofWords(rules, from.maxRate)}`] : []), // prettier-ignore
  ]
}

/** Which entry sets a limit, and what shares it (allowances.ts). */
function ofWords(rules: OutboundRules, from: string | undefined): string {
  if (from === undefined) return ' (default)'
  return isShared(rules) ? ` (${from}, for all that goes by its smarthost)` : ` (${from})`
}

function tlsWords(rules: OutboundRules, delivery: RelaySettings['delivery']): string {
  const { useStarttls, requireStarttls, smarthost, from } = rules
  if (delivery.to === 'host') return smarthostTlsWords(delivery, 'the one host', null)
  if (smarthost !== undefined) return smarthostTlsWords(smarthost, 'smarthost', rules)
  if (requireStarttls) return `TLS required (${from.requireStarttls})`
  return useStarttls ? `TLS where it is offered (${from.useStarttls})` : `TLS off (${from.useStarttls})`
}

const shown = 6

function waitWords(waits: readonly number[]): string {
  const words = waits.slice(0, shown).map(spanWords)
  if (waits.length > shown) return `${words.join(', ')} and so on`
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')}, then each ${words.at(-1)}`
}
