/** Owns: the standing promise about what leaves this computer: whom the relay may send to, and who was contacted. */
import type { RelayStatus } from '#shared/rpc/contract/relay.ts'
import type { z } from 'zod'
import { isLoopback } from './hosts.ts'
import { countWords } from './measures.ts'

type Sending = Pick<z.infer<typeof RelayStatus>, 'settings' | 'allowedHosts'>

/** Hosts elsewhere that mail goes to by itself, or would. */
export function sendsTo(status: Sending | null): string[] {
  if (status === null) return []
  const { delivery } = status.settings
  const hosts = { inbox: [], allowed: status.allowedHosts, host: delivery.to === 'host' ? [delivery.host] : [] }[delivery.to]
  return hosts.filter((host) => !isLoopback(host))
} // prettier-ignore

/** `contacted`: hosts elsewhere that something of this program went to, where the relay sends: something else than it. */
export function leavingWords(status: Sending | null, contacted: readonly string[]): { words: string; title: string } {
  const hosts = sendsTo(status)
  const seen = contacted.filter((host) => !hosts.includes(host))
  const title = [hosts.length > 0 && `Sends to: ${hosts.join(', ')}`, seen.length > 0 && `Contacted: ${seen.join(', ')}`].filter(Boolean).join('\n')
  const told = seen.length === 1 ? seen[0]! : countWords(seen.length, 'host')
  if (hosts.length === 0) return { words: seen.length === 0 ? 'Nothing leaves this computer' : `Contacted ${told}`, title }
  const sends = status?.settings.delivery.to === 'host' ? `Relay sends to ${hosts[0]}` : `Sends to ${countWords(hosts.length, 'allowed host')}`
  return { words: seen.length === 0 ? sends : `${sends}, contacted ${told}`, title }
} // prettier-ignore
