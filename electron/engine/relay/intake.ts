/**
 * Owns: how mail comes into the relay: what a listener that relays is told of each client, its users, its recipients and its
 * messages. What is in the queue then is the queue's.
 */
import { offerFor } from '#shared/relay/decide.ts'
import { openRelayWords } from '#shared/relay/problems.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import type { Accounts } from '../server/accounts.ts'
import type { Relaying } from '../server/relaying.ts'
import { relayAccounts } from './intakeAccounts.ts'
import { Attempts, type LeftOut } from './intakeAttempts.ts'
import { createMemory } from './intakeMemory.ts'
import { relayNotices } from './intakeNotices.ts'
import type { IntakeDeps } from './intakeTypes.ts'
import { IntakeVisit } from './intakeVisit.ts'
import type { RelayRulesNow } from './types.ts'

export type { IntakeDeps } from './intakeTypes.ts'

/** Octets of messages that are coming in and stand in memory, over all clients. */
const mostInMemory = 64 << 20

export interface Intake extends Relaying {
  /** Attempts that a flood kept from the list. */
  readonly leftOut: LeftOut
  /** Gives the store what it has not been given yet; before the store is closed. */
  flush(): void
}

export function createIntake(deps: IntakeDeps): Intake {
  const attempts = new Attempts(deps)
  const memory = createMemory(mostInMemory)
  const words = new WeakMap<RelayPolicy, string | null>()
  const confined = ({ policy }: RelayRulesNow): string | null => {
    const known = words.get(policy)
    if (known !== undefined) return known
    const made = openRelayWords(policy)[0] ?? null
    words.set(policy, made)
    return made
  }
  let accounts: { of: RelayRulesNow; made: Accounts } | null = null
  const home = { deps, attempts, memory, confined }
  return {
    get accounts() {
      const of = deps.rules()
      if (accounts?.of !== of) accounts = { of, made: relayAccounts(of, deps.hashes) }
      return accounts.made
    },
    get confined() {
      return confined(deps.rules())
    },
    leftOut: attempts.leftOut,
    offer: (client) => offerFor(deps.rules().policy, client),
    notices: (door) => relayNotices(deps.rules(), door),
    visit: (client) => new IntakeVisit(home, client),
    flush: () => attempts.flush(),
  }
}
