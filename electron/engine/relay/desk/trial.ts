/** Owns: what rules do with an attempt that nobody made: the decision, what would let it through, how its mail would go on. */
import { decideAsked } from '#shared/relay/asked.ts'
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
function whereto(
  { delivery, paused }: RelaySettings,
  allowed: readonly string[],
  hosts: readonly string[],
): string[] {
  const waits = paused ? ['waits: deliveries are paused'] : []
  if (delivery.to === 'inbox') return ['to the Inbox, as everything: nothing leaves this computer', ...waits]
  if (delivery.to === 'host') return [`to ${delivery.host}:${delivery.port}, as everything`, ...waits]
  const known = hosts.find((host) => allowed.includes(hostKey(host)))
  const none = hosts.length === 1 ? `${hosts[0]!} is not` : `neither ${hosts.join(' nor ')} is`
  return [known === undefined ? `held unless the host that it goes to is allowed: ${none}` : `to ${known}, which is an allowed host`, ...waits] // prettier-ignore
}

/** How mail of an attempt would go on, as far as that is known without asking DNS. */
function onward(policy: RelayPolicy, { sender, recipient }: Pick<RelayAttempt, 'sender' | 'recipient'>, virtualMta: string | undefined, settings: RelaySettings, allowed: readonly string[]): string[] {
  if (isOwnPostmaster(recipient)) return [ownPostmasterWords]
  const { delivery } = settings
  const domain = domainOf(recipient).toLowerCase()
  const rules = outboundRules(policy, virtualMta, domain)
  const where = whereto(settings, allowed, [domain, ...(rules.smarthost ? [rules.smarthost.host] : [])])
  if (delivery.to === 'inbox') return where
  return [...where, ...outboundWords(rules, sender, delivery.to === 'host' ? delivery : undefined)]
} // prettier-ignore

export function trial(
  policy: RelayPolicy,
  given: CallArguments<'relay.try'>['attempt'],
  settings: RelaySettings,
  allowed: readonly string[],
): Trial {
  const { client, port, secured, user, sender, recipient } = given
  const { attempt, decision } = decideAsked(policy, {
    client,
    ...(port === undefined ? {} : { port }),
    secured,
    ...(user === undefined ? {} : { user }),
    sender,
    recipient,
  })
  const choice = chooseVirtualMta(policy, { ...attempt, headers: new Map() })
  return {
    decision,
    suggestions: suggestionsFor(policy, attempt).map(({ title, decision: then, policy: changed }) => ({
      title,
      relay: then.relay,
      because: then.because,
      ...(changed === undefined ? {} : { policy: changed }),
    })),
    wayOn: {
      ...choice,
      words: onward(policy, attempt, choice.virtualMta, settings, allowed),
    },
  }
}
