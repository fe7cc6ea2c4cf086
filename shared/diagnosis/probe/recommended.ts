/** Owns: the recommendation as a finding. */
import { recommend } from '../recommend.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

/** Who refuses whatever has no TLS, without a policy of the domain that demands it, loses mail. */
const forServers =
  'Set it so in the sending mail server: TLS where it is offered, and required where the domain’s DANE or MTA-STS demands it.'

export const recommended: ProbeRule = (facts) => {
  const found = recommend(facts)
  if (!found) return []
  const { tls, reason, views, provider, proof } = found
  const sides =
    views.length > 1 ? ` ${views.map(({ who, date, says }) => `${who} (${date}): ${says}`).join(' ')}` : ''
  const own = provider ? ` ${provider.says} (${provider.checked})` : ''
  return [
    proved('recommended-port', proof, {
      side: 'server',
      confidence: provider && !provider.agrees ? 'likely' : 'certain',
      message: reason,
      ...(tls === 'opportunistic'
        ? { next: forServers, references: ['RFC 5321 §4.5.4.2', 'RFC 7435 §3'] }
        : {
            next: `Set it so in the mail program, and let it refuse when TLS fails.${sides}${own}`,
            references: ['RFC 8314 §3.3', 'RFC 6409 §3.1'],
          }),
    }),
  ]
}
