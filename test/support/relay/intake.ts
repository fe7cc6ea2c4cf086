/** Owns: the intake of a relay for tests: alone, or behind the real server with the real store, and with a queue that only keeps. */
import { createIntake, type Intake } from '#engine/relay/intake.ts'
import type { NewQueued, QueuedMessage, RelayRulesNow, RelayStore } from '#engine/relay/types.ts'
import type { Log } from '#engine/ports.ts'
import { emptyPolicy, type RelayPolicy } from '#shared/relay/policy.ts'
import type { RelayAttemptRow } from '#shared/rpc/contract/relay.ts'
import type { ServerConfigInput } from '#shared/rpc/contract/server.ts'
import { hashes } from '../hashes.ts'
import { keepLog, systemClock } from '../server/place.ts'
import { runServer, type Running } from '../server/run.ts'

export const rulesNow = (
  policy: Partial<RelayPolicy> = {},
  secrets: Record<string, string> = {},
): RelayRulesNow => ({
  policy: { ...emptyPolicy(), ...policy },
  secrets: new Map(Object.entries(secrets)),
  settings: { delivery: { to: 'allowed' }, paused: false },
  allowed: [],
  name: 'relay.test',
})

export interface FakeQueue {
  added: { queued: NewQueued; bytes: Uint8Array | null }[]
  arrived: { message: QueuedMessage; head: Uint8Array }[]
  attempted: RelayAttemptRow[]
}

export interface MadeIntake extends FakeQueue {
  intake: Intake
  /** Replaced as a whole. */
  rules: RelayRulesNow
}

interface Place {
  store?: Pick<RelayStore, 'queueAttempts'>
  log?: Log
}

export function makeIntake(rules: RelayRulesNow, place: Place = {}): MadeIntake {
  const { store = { queueAttempts: () => {} }, log = keepLog().log } = place
  const kept: FakeQueue = { added: [], arrived: [], attempted: [] }
  const made: MadeIntake = {
    ...kept,
    rules,
    intake: createIntake({
      rules: () => made.rules,
      queue: { added: (queued, bytes) => void kept.added.push({ queued, bytes }) },
      store,
      clock: systemClock,
      log,
      hashes,
      attempted: (row) => void kept.attempted.push(row),
      arrived: (message, head) => void kept.arrived.push({ message, head: head.slice() }),
    }),
  }
  return made
}

const loud = { address: '127.0.0.1', port: 0, relay: true } as const
/** Plain, STARTTLS, implicit TLS; all relay. */
export const relayListeners: ServerConfigInput['listeners'] = [
  { ...loud, tls: 'plain' },
  { ...loud, tls: 'starttls' },
  { ...loud, tls: 'implicit' },
]

export type RelayRun = Running & { relay: MadeIntake }

/** The real server and store; the queue only keeps what it is told. */
export async function runRelay(
  rules: RelayRulesNow,
  config: Partial<ServerConfigInput> = {},
): Promise<RelayRun> {
  let relay: MadeIntake | undefined
  const running = await runServer(
    { name: rules.name, listeners: relayListeners, ...config },
    ({ store, log }) => {
      relay = makeIntake(rules, { store: store.relay, log })
      return relay.intake
    },
  )
  return { ...running, relay: relay! }
}
