/** Owns: how the relay stands, as the page is told. */
import { outboundRules } from '#shared/relay/outbound.ts'
import type { RelayStatus } from '#shared/rpc/contract/relay.ts'
import type { RelayDesk } from './desk/desk.ts'
import type { RelayQueue } from './queue/types.ts'

export type { RelayStatus } from '#shared/rpc/contract/relay.ts'

export function relayStatus(
  desk: Pick<RelayDesk, 'rules' | 'openRelay' | 'testedAt'>,
  queue: Pick<RelayQueue, 'counts' | 'queuedBy'>,
  version: RelayStatus['version'],
): RelayStatus {
  const { policy, settings, allowed, name } = desk.rules()
  return {
    settings,
    name,
    counts: queue.counts(),
    virtualMtas: policy.virtualMtas.map((mta) => {
      const { requireStarttls, useStarttls, retryAfter } = outboundRules(policy, mta.name, '*')
      return {
        name: mta.name,
        sourceHosts: mta.sourceHosts.map(({ address, name: said }) => ({ address, name: said })),
        tls: requireStarttls ? 'required' : useStarttls ? 'used' : 'off',
        retryAfter: retryAfter[0]!,
        queued: queue.queuedBy(mta.name),
      }
    }),
    openRelay: [...desk.openRelay],
    ...(desk.testedAt === undefined ? {} : { testedAt: desk.testedAt.toISOString() }),
    allowedHosts: [...allowed],
    version,
  }
}
