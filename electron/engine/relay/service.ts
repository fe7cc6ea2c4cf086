/**
 * Owns: the relay put together: the desk has its rules, the intake takes mail in, the router finds ways, the queue delivers,
 * reports tell senders and tie what comes back. Also its status, the telling of changes, and the order of its end.
 */
import { randomUUID } from 'node:crypto'
import type { RelayEvent } from '#shared/rpc/contract/relay.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { Hashes } from '#shared/smtp/machine/options.ts'
import type { AllowedHosts } from '../inbox/allowedHosts.ts'
import { type OwnPlace, ownPlaces } from '../inbox/loops.ts'
import type { Clock, Log, Secrets } from '../ports.ts'
import { Changes } from '../server/changes.ts'
import type { Relaying } from '../server/relaying.ts'
import type { Store } from '../store/types.ts'
import type { Hub } from '../transcripts/types.ts'
import { RelayDesk, type DeskServer } from './desk/desk.ts'
import { Happenings, toldStore } from './happenings.ts'
import { createIntake } from './intake.ts'
import { createQueue } from './queue/index.ts'
import type { RelayQueue } from './queue/types.ts'
import { inboxArrival, relayArrival } from './reports/arrival.ts'
import { composeReport } from './reports/compose.ts'
import { createReportWatch } from './reports/watch.ts'
import { recordNoWay } from './route/noWayRecord.ts'
import { createRouter } from './route/router.ts'
import { stsMemory } from './route/stsMemory.ts'
import { relayStatus, type RelayStatus } from './status.ts'
import type { RelayRulesNow, RelayStore } from './types.ts'

export interface RelayDeps {
  store: Pick<Store, 'getSetting' | 'putSetting' | 'relay' | 'readContent' | 'openContent' | 'readMessage' | 'onMessages'>
  hub: Pick<Hub, 'begin'>
  secrets: Secrets
  clock: Clock
  log: Log
  hashes: Hashes
  terminal: boolean
  /** One list for the whole program. */
  hosts: AllowedHosts
} // prettier-ignore

export interface Relay {
  readonly desk: RelayDesk
  readonly queue: RelayQueue
  /** What the local server asks. */
  readonly relaying: Relaying
  readonly kept: Pick<RelayStore, 'attempts' | 'reports'>
  status(): RelayStatus
  readonly changes: StreamSource<RelayStatus>
  readonly events: StreamSource<RelayEvent>
  /** The local server, which has the relay's listeners. */
  attach(server: DeskServer): void
  /** Takes up what the store holds, and delivers from now on. Safe to call twice. */
  start(): Promise<void>
  /** After the local server's end: nothing comes in any more. What is not over stays in the store. Safe to call twice. */
  stop(): Promise<void>
}

export async function openRelay(deps: RelayDeps): Promise<Relay> {
  const { store, clock, log, hosts } = deps
  const version = { attempts: 0, queue: 0, reports: 0, rules: 0 }
  const happenings = new Happenings(clock)
  const follow: ((now: RelayRulesNow) => void)[] = []
  const changes = new Changes(() => status())
  const touched = (what: keyof typeof version): void => {
    version[what]++
    changes.soon()
  }
  const changed = (now: RelayRulesNow): void => {
    for (const tell of follow) tell(now)
    touched('rules')
  }
  const desk = await RelayDesk.open({ ...deps, changed }, await hosts.list())
  hosts.onChange((keys) => desk.allow(keys))
  let server: DeskServer | null = null
  const queue = makeQueue(deps, desk, happenings, () => (server === null ? [] : ownPlaces(server.status())))
  queue.onChange(() => touched('queue'))
  const watch = createReportWatch({ store: store.relay, log, kept: () => touched('reports') })
  store.onMessages((messages) => {
    for (const message of messages) watch.arrived(inboxArrival(message, store))
  })
  const intake = createIntake({
    rules: () => desk.rules(),
    queue: {
      added(queued, bytes) {
        happenings.queued(queued.message, queued.legs)
        queue.added(queued, bytes)
      },
    },
    store: store.relay,
    clock,
    log,
    hashes: deps.hashes,
    attempted(row) {
      desk.hit(row.decision.decidedBy)
      touched('attempts')
    },
    arrived: (message, head) => watch.arrived(relayArrival(message, head, store)),
  })
  let started: Promise<void> | null = null
  const status = (): RelayStatus => relayStatus(desk, queue, { ...version }, started === null)
  const start = async (): Promise<void> => {
    await desk.start()
    await queue.load()
    // Told as a change, so that what was held under other rules is looked at again.
    follow.push((now) => queue.setRules(now))
    queue.setRules(desk.rules())
  }
  let stopped: Promise<void> | null = null
  const stop = async (): Promise<void> => {
    await watch.stop()
    await queue.stop()
    intake.flush()
    await desk.stop()
  }
  return {
    desk,
    queue,
    relaying: intake,
    kept: {
      attempts(query) {
        // Those of this moment are written together a little later.
        intake.flush()
        return store.relay.attempts(query)
      },
      reports: (query) => store.relay.reports(query),
    },
    status,
    changes: changes.source,
    events: happenings.source,
    attach(given) {
      server = given
      desk.attach(given)
    },
    start: () => (started ??= start()),
    stop: () => (stopped ??= stop()),
  }
}

function makeQueue(
  { store, hub, clock, log }: RelayDeps,
  desk: RelayDesk,
  happenings: Happenings,
  places: () => OwnPlace[],
): RelayQueue {
  return createQueue({
    store: {
      relay: toldStore(store.relay, happenings),
      readContent: (...given) => store.readContent(...given),
      openContent: (...given) => store.openContent(...given),
    },
    router: createRouter({
      ownPlaces: places,
      now: () => clock.now(),
      record: (noWay) => recordNoWay(hub, noWay),
      policies: stsMemory(store, log),
    }),
    hub,
    clock,
    log,
    // Nothing is allowed before the queue is taken up: whatever is allowed then is a change.
    rules: { ...desk.rules(), allowed: [''] },
    report: (kind, { leg, recipients }, original, givesUpAt) =>
      composeReport({
        kind,
        leg,
        outcomes: recipients,
        original,
        rules: desk.rules(),
        now: clock.now(),
        uuid: randomUUID(),
        givesUpAt,
      }),
  })
}
