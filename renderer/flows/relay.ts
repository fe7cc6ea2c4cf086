/** Owns: following the relay: asking again for whatever a newer version of it changed, at most a few times a second. */
import type { Services } from './services.ts'
import { loadAttempts } from './relayAttempts.ts'
import { loadQueue, openItem } from './relayQueue.ts'
import { loadRules } from './relayRules.ts'
import { loadReports } from './relayReports.ts'
import { askRelayStatus, followRelayStatus } from './relayStatus.ts'
import { followShared } from './shared.ts'
import { whenBack } from './whenBack.ts'
import { newlyStuck, type StatusOf } from '../model/relayStatus.ts'

/** Milliseconds that changes are gathered before what they changed is asked for. */
const gatherMs = 250

type Part = keyof StatusOf['version']

const askers: Record<Part, (services: Services) => Promise<void>> = {
  rules: loadRules,
  attempts: async (services) => {
    await loadAttempts(services)
    // Each attempt adds to the hits of a rule; only the list of all rules shows them.
    if (services.stores.relay.getState().view === 'all') await loadRules(services)
  },
  queue: async (services) => {
    await loadQueue(services)
    const { selected } = services.stores.relay.getState()
    if (selected !== '') await openItem(services, selected)
  },
  reports: async (services) => {
    // Nobody looks at them before they are asked for.
    if (services.stores.relay.getState().reports.state !== 'loading') await loadReports(services)
  },
}

/** Parts of which a newer version was told since they were asked for last. */
function gather(services: Services): { told: (parts: readonly Part[]) => void; stop: () => void } {
  const due = new Set<Part>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking = false
  const ask = async () => {
    const parts = [...due]
    due.clear()
    asking = true
    // What cannot be asked is said by its own list; the next change asks again.
    await Promise.allSettled(parts.map((part) => askers[part](services)))
    asking = false
    if (due.size > 0) later()
  }
  const later = () => {
    if (timer !== undefined || asking) return
    timer = setTimeout(() => {
      timer = undefined
      void ask()
    }, gatherMs)
  }
  return {
    told: (parts) => {
      for (const part of parts) due.add(part)
      if (due.size > 0) later()
    },
    stop: () => {
      due.clear()
      clearTimeout(timer)
    },
  }
}

/** Told politely, and only where a person looks at the queue. */
function announce({ stores }: Services, before: StatusOf | null, after: StatusOf): void {
  const { route, set } = stores.view.getState()
  const announcement =
    before === null || route.room !== 'relay' ? '' : newlyStuck(before.counts, after.counts)
  if (announcement !== '') set({ announcement })
}

const parts: readonly Part[] = ['rules', 'attempts', 'queue', 'reports']

/** Follows the relay while anybody wants it. Answers with the way to stop. */
export const followRelay = (services: Services): (() => void) =>
  followShared(services.client, 'relay', () => {
    const { relay } = services.stores
    const newer = gather(services)
    const stopLooking = relay.subscribe(({ status }, { status: before }) => {
      if (status === null || status === before) return
      announce(services, before, status)
      newer.told(parts.filter((part) => before !== null && status.version[part] !== before.version[part]))
    })
    // The title bar may follow it already, and have been told that it cannot be asked.
    if (relay.getState().problem !== '') void askRelayStatus(services)
    const stopFollowing = followRelayStatus(services)
    newer.told(parts)
    const stopAsking = whenBack(services, () => newer.told(parts))
    return () => {
      stopAsking()
      stopFollowing()
      stopLooking()
      newer.stop()
    }
  })
