/**
 * Owns: where the relay of `relayscope serve` delivers to: options, and what is said of it. Hosts that --allow names are
 * allowed as long as the command runs; the rest is kept as a person would set it in the window.
 */
import type { RpcClient } from '#shared/rpc/types.ts'
import { type Io, sayProblems } from '../io.ts'
import type { RelayOptions } from '../relayOptions.ts'

/** Where the relay delivers to from now on; null when that cannot be, which is said. `restore` takes away what was allowed for now. */
export async function applyDelivery({ deliverTo, allow = [], resolver, mxPort }: RelayOptions, io: Io, client: RpcClient): Promise<{ restore(): Promise<void> } | null> {
  const change = {
    ...(deliverTo === undefined ? {} : { delivery: deliverTo }),
    ...(resolver === undefined ? {} : { resolver }),
    ...(mxPort === undefined ? {} : { mxPort }),
  }
  // Before any host is allowed: what is held goes at once, and by these settings.
  const set = Object.keys(change).length === 0 ? null : await client.call('relay.setSettings', change)
  const before = await client.call('inbox.allowedHosts', {})
  const restore = async (): Promise<void> => {
    if (allow.length > 0) await client.call('inbox.setAllowedHosts', before)
  }
  if (set === null || set.problems.length === 0) {
    if (allow.length === 0) return { restore }
    const hosts = await client.call('inbox.setAllowedHosts', { hosts: [...before.hosts, ...allow] })
    if (hosts.ok) return { restore }
    sayProblems(io, hosts.problems)
  } else sayProblems(io, set.problems)
  return null
} // prettier-ignore

const ways = { plain: 'in clear', starttls: 'over STARTTLS', implicit: 'over implicit TLS' } as const

/** Where mail goes, in a line. */
export async function deliveryText(client: RpcClient): Promise<string> {
  const { settings, allowedHosts } = await client.call('relay.status', {})
  const { delivery, paused } = settings
  const where =
    delivery.to === 'inbox'
      ? 'Everything is delivered to the Inbox'
      : delivery.to === 'host'
        ? `Everything is delivered to ${delivery.host}:${delivery.port}, ${ways[delivery.tls]}`
        : allowedHosts.length === 0
          ? 'Nothing is delivered: no host is allowed (--allow HOST), so messages are held'
          : `Delivered to allowed hosts only: ${allowedHosts.join(', ')}`
  return `${where}${paused ? '. Deliveries are paused' : ''}.`
}
