/** Owns: how the relay stands, as the page is told. */
import { outboundRules } from '#shared/relay/outbound.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import type { RelayStatus } from '#shared/rpc/contract/relay.ts'
import type { RelayDesk } from './desk/desk.ts'
import type { RelayQueue } from './queue/types.ts'

export type { RelayStatus } from '#shared/rpc/contract/relay.ts'

type Mta = Omit<RelayStatus['virtualMtas'][number], 'queued'>
const known = new WeakMap<RelayPolicy, readonly Mta[]>()

/** Once for each policy: a status is told several times a second. */
function mtasOf(policy: RelayPolicy): readonly Mta[] {
  const before = known.get(policy)
  if (before !== undefined) return before
  const made = policy.virtualMtas.map((mta): Mta => {
    const { requireStarttls, useStarttls, retryAfter } = outboundRules(policy, mta.name, '*')
    return {
      name: mta.name,
      sourceHosts: mta.sourceHosts.map(({ address, name }) => ({ address, name })),
      tls: requireStarttls ? 'required' : useStarttls ? 'used' : 'off',
      retryAfter: retryAfter[0]!,
    }
  })
  known.set(policy, made)
  return made
}

export function relayStatus(
  desk: Pick<RelayDesk, 'rules' | 'openRelay' | 'testedAt'>,
  queue: Pick<RelayQueue, 'counts' | 'queuedBy'>,
  version: RelayStatus['version'],
  asleep = false,
): RelayStatus {
  const { policy, settings, allowed, name } = desk.rules()
  return {
    settings,
    name,
    counts: queue.counts(),
    ...(asleep ? { asleep } : {}),
    virtualMtas: mtasOf(policy).map((mta) => ({ ...mta, queued: queue.queuedBy(mta.name) })),
    openRelay: [...desk.openRelay],
    ...(desk.testedAt === undefined ? {} : { testedAt: desk.testedAt.toISOString() }),
    allowedHosts: [...allowed],
    version,
  }
}
