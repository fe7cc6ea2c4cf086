/** Owns: the recommendation as a finding. */
import { recommend } from '../recommend.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

export const recommended: ProbeRule = (facts) => {
  const found = recommend(facts)
  if (!found) return []
  const { reason, views, provider, proof } = found
  const sides =
    views.length > 1 ? ` ${views.map(({ who, date, says }) => `${who} (${date}): ${says}`).join(' ')}` : ''
  const own = provider ? ` ${provider.says} (${provider.checked})` : ''
  return [
    proved('recommended-port', proof, {
      side: 'server',
      confidence: provider && !provider.agrees ? 'likely' : 'certain',
      message: reason,
      next: `Set it so in the mail program, and let it refuse when TLS fails.${sides}${own}`,
      references: ['RFC 8314 §3.3', 'RFC 6409 §3.1'],
    }),
  ]
}
