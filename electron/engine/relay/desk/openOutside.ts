/**
 * Owns: rules of an open relay at a listener that other machines can reach: an error for each such listener, so that the
 * rules are refused as a whole and those that hold stay, instead of a relay whose listeners close one by one. Pure.
 */
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { openRelayWords, type PolicyProblem } from '#shared/relay/problems.ts'
import type { ListenerConfig } from '#shared/rpc/contract/listener.ts'
import { isLoopback, listenAddress } from '../../server/listenProblem.ts'

const everyAddress = '0.0.0.0'

const reached = ({ relay, enabled, address }: ListenerConfig): boolean =>
  relay === true && enabled !== false && !isLoopback(listenAddress(address))

/** `listeners`: what would be listened on with these rules. */
export function openOutside(policy: RelayPolicy, listeners: readonly ListenerConfig[]): PolicyProblem[] {
  if (openRelayWords(policy).length === 0) return []
  return listeners.filter(reached).map(({ address, port }) => {
    const place = policy.listeners.findIndex((one) => one.port === port && (one.address ?? everyAddress) === address) // prettier-ignore
    const line = policy.listeners[place]?.line
    return {
      severity: 'error',
      field: place < 0 ? 'openRelay' : `listeners[${place}]`,
      ...(line === undefined ? {} : { line }),
      message: `other machines can reach ${address.includes(':') ? `[${address}]` : address}:${port}, and an open relay may listen on this computer only, so that these rules are not taken; change the rule that lets strangers send, or listen on ${address.includes(':') ? '::1' : '127.0.0.1'}`,
    }
  })
}
