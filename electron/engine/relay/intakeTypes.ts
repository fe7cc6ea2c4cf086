/** Owns: what the intake is given, and what all sessions at the relay share. No behaviour. */
import type { RelayAttemptRow } from '#shared/rpc/contract/relay.ts'
import type { Hashes } from '#shared/smtp/machine/options.ts'
import type { Clock, Log } from '../ports.ts'
import type { Attempts } from './intakeAttempts.ts'
import type { Memory } from './intakeMemory.ts'
import type { Queue, QueuedMessage, RelayRulesNow, RelayStore } from './types.ts'

export interface IntakeDeps {
  rules(): RelayRulesNow
  queue: Queue
  store: Pick<RelayStore, 'queueAttempts'>
  clock: Clock
  log: Log
  hashes: Hashes
  /** Every recipient that was asked for, also one that the list of attempts leaves out. */
  attempted(row: RelayAttemptRow): void
  /** A message was queued; `head` is its beginning, 256 KiB at most, and to be copied by whoever keeps it. */
  arrived(message: QueuedMessage, head: Uint8Array): void
}

/** What all visits share. */
export interface IntakeHome {
  deps: IntakeDeps
  attempts: Attempts
  memory: Memory
  /** Why the rules hold for this computer alone; null when they do not. */
  confined: (rules: RelayRulesNow) => string | null
}
