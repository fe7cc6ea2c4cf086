/**
 * Owns: what is different in the rules of a listener that relays, and in those of one client of it: a source may be offered
 * no STARTTLS, or nothing else before it. Made once for each listener and offer, not for each connection.
 */
import type { RelayOffer } from '#shared/relay/decide.ts'
import type { ListenerConfig } from '#shared/rpc/contract/listener.ts'
import { isLoopback, listenAddress } from './listenProblem.ts'
import type { Relaying } from './relaying.ts'
import type { SessionRules } from './rules.ts'

/** Why a listener cannot relay, with the remedy; null when it can. */
export function relayProblem(
  { address }: Pick<ListenerConfig, 'address'>,
  relaying: Relaying | undefined,
): string | null {
  if (relaying === undefined)
    return 'It is to relay, and there is no relay here. Let it keep what comes in instead (relay off).'
  const { confined } = relaying
  if (confined === null || isLoopback(listenAddress(address))) return null
  return `Other machines can reach ${address}, and the rules of the relay are those of an open relay, so it is not listened on. ${confined} Change that rule, or listen on 127.0.0.1.`
}

/** Rules of the listener that do not hold where it relays. */
export function relayNotices({ anyPassword, bareLineEnds, extensions }: ListenerConfig): string[] {
  return [
    ...(anyPassword === true ? ['Any password is right for mail that is kept; to relay, one has to be a user.'] : []),
    ...(bareLineEnds === 'keep' ? ['Bare CR and LF are refused where mail is relayed: another server may take them for the end of a message.'] : []),
    ...(extensions?.includes('BINARYMIME') === true ? ['BINARYMIME is not offered where mail is relayed: few servers could take such content.'] : []),
  ]
} // prettier-ignore

/**
 * Of content with bare line ends nobody knows what the next server takes it for (CVE-2023-51764), and content that is no
 * lines (BINARYMIME) could go on to few: neither is taken here, whatever the listener says.
 */
export function relayRules(rules: SessionRules, relaying: Relaying): SessionRules {
  const { machine } = rules
  const extensions = machine.extensions.filter((name) => name !== 'BINARYMIME')
  return { ...rules, relaying, machine: { ...machine, extensions, bareLineEnds: 'refuse' } }
}

const known = new WeakMap<SessionRules, Map<string, SessionRules>>()

/** For a client at this address; the same object for all that are offered the same. */
export function rulesFor(rules: SessionRules, client: string): SessionRules {
  const { relaying } = rules
  if (relaying === undefined) return rules
  const offer = relaying.offer(client)
  const key = `${offer.starttls} ${offer.starttlsRequired} ${offer.authAfterTls}`
  const made = known.get(rules) ?? new Map<string, SessionRules>()
  known.set(rules, made)
  const before = made.get(key)
  if (before !== undefined) return before
  const narrowed = narrow(rules, offer)
  made.set(key, narrowed)
  return narrowed
}

const heads = { off: 'none', offered: 'opportunistic', required: 'starttls', implicit: 'implicit' } as const

/** The listener offers, a source takes away or demands; what the listener demands stays demanded. */
function narrow(rules: SessionRules, offer: RelayOffer): SessionRules {
  const { machine } = rules
  const tls =
    machine.tls !== 'offered'
      ? machine.tls
      : offer.starttlsRequired
        ? 'required'
        : offer.starttls
          ? 'offered'
          : 'off'
  const onlyAfterTls = machine.auth.onlyAfterTls || offer.authAfterTls
  return { ...rules, tls: heads[tls], machine: { ...machine, tls, auth: { ...machine.auth, onlyAfterTls } } }
}
