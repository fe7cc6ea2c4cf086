/** Owns: what rules do with an attempt that nobody made: the decision, what would let it through, how its mail would go on. */
import { decideRelay } from '#shared/relay/decide.ts'
import type { RelayAttempt } from '#shared/relay/decision.ts'
import { chooseVirtualMta, outboundRules } from '#shared/relay/outbound.ts'
import { outboundWords } from '#shared/relay/outboundWords.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { isOwnPostmaster, ownPostmasterWords } from '#shared/relay/postmaster.ts'
import { suggestionsFor } from '#shared/relay/suggest.ts'
import type { RelaySettings } from '#shared/rpc/contract/relay.ts'
import type { CallArguments, CallResult } from '#shared/rpc/contract.ts'
import { domainOf } from '#shared/smtp/grammar/mailbox.ts'
import { hostKey } from '../../inbox/allowedHosts.ts'

type Trial = CallResult<'relay.try'>

/** Where mail to this domain would go by the settings, as far as that is known without asking DNS. */
function whereto({ delivery, paused }: RelaySettings, allowed: readonly string[], domain: string): string[] {
  const waits = paused ? ['waits: deliveries are paused'] : []
  if (delivery.to === 'inbox') return ['to the Inbox, as everything: nothing leaves this computer', ...waits]
  if (delivery.to === 'host') return [`to ${delivery.host}:${delivery.port}, as everything`, ...waits]
  const known = allowed.includes(hostKey(domain))
  return [known ? `to ${domain}, which is an allowed host` : `held unless the host that it goes to is allowed: ${domain} is not`, ...waits] // prettier-ignore
}

export function trial(
  policy: RelayPolicy,
  given: CallArguments<'relay.try'>['attempt'],
  settings: RelaySettings,
  allowed: readonly string[],
): Trial {
  const { client, port, secured, user, sender, recipient } = given
  const attempt: RelayAttempt = {
    client,
    ...(port === undefined ? {} : { port }),
    secured,
    ...(user === undefined ? {} : { user }),
    sender,
    recipient,
  }
  const choice = chooseVirtualMta(policy, { ...attempt, headers: new Map() })
  const domain = domainOf(recipient).toLowerCase()
  return {
    decision: decideRelay(policy, attempt),
    suggestions: suggestionsFor(policy, attempt).map(({ title, decision, policy: changed }) => ({
      title,
      relay: decision.relay,
      because: decision.because,
      ...(changed === undefined ? {} : { policy: changed }),
    })),
    wayOn: {
      ...choice,
      words: isOwnPostmaster(recipient) ? [ownPostmasterWords] : [...whereto(settings, allowed, domain), ...outboundWords(outboundRules(policy, choice.virtualMta, domain))], // prettier-ignore
    },
  }
}
