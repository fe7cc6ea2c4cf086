/** Owns: the relay put together: desk, intake, router, queue and reports, its status and the telling of changes. */
import { outboundRules } from '#shared/relay/outbound.ts'
import type { RelayStatus } from '#shared/rpc/contract/relay.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { AllowedHosts } from '../inbox/allowedHosts.ts'
import type { Clock, Log, Secrets } from '../ports.ts'
import { Changes } from '../server/changes.ts'
import type { Store } from '../store/types.ts'
import { RelayDesk, type DeskServer } from './desk/desk.ts'
import type { RelayRulesNow } from './types.ts'

export interface RelayDeps {
  store: Pick<Store, 'getSetting' | 'putSetting'>
  secrets: Secrets
  clock: Clock
  log: Log
  terminal: boolean
  /** One list for the whole program. */
  hosts: AllowedHosts
}

export interface Relay {
  readonly desk: RelayDesk
  status(): RelayStatus
  readonly changes: StreamSource<RelayStatus>
  /** The local server, which asks the relay and has its listeners. */
  attach(server: DeskServer): void
}

type Version = RelayStatus['version']

export async function openRelay(deps: RelayDeps): Promise<Relay> {
  const version: Version = { attempts: 0, queue: 0, reports: 0, rules: 0 }
  const changes = new Changes(() => status())
  const touched = (what: keyof Version): void => {
    version[what]++
    changes.soon()
  }
  const { hosts, ...rest } = deps
  const desk = await RelayDesk.open({ ...rest, changed: () => touched('rules') }, await hosts.list())
  hosts.onChange((keys) => desk.allow(keys))
  const status = (): RelayStatus => statusOf(desk, desk.rules(), { ...version })
  return { desk, status, changes: changes.source, attach: (server) => desk.attach(server) }
}

function statusOf(
  { openRelay: open, testedAt }: RelayDesk,
  { policy, settings, allowed, name }: RelayRulesNow,
  version: Version,
): RelayStatus {
  return {
    settings,
    name,
    counts: { waiting: 0, delivering: 0, held: 0, delivered: 0, bounced: 0, dropped: 0 },
    virtualMtas: policy.virtualMtas.map((mta) => {
      const { requireStarttls, useStarttls, retryAfter } = outboundRules(policy, mta.name, '*')
      return {
        name: mta.name,
        sourceHosts: mta.sourceHosts.map(({ address, name: said }) => ({ address, name: said })),
        tls: requireStarttls ? 'required' : useStarttls ? 'used' : 'off',
        retryAfter: retryAfter[0]!,
        queued: 0,
      }
    }),
    openRelay: [...open],
    ...(testedAt === undefined ? {} : { testedAt: testedAt.toISOString() }),
    allowedHosts: [...allowed],
    version,
  }
}
