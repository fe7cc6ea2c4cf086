/** Owns: what one session is given. No behaviour. */
import type { Log } from '../ports.ts'
import type { Store } from '../store/types.ts'
import type { Recorder } from '../transcripts/types.ts'
import type { Unkept } from './notKeptLog.ts'
import type { SessionRules } from './rules.ts'

export interface SessionContext {
  rules: SessionRules
  recorder: Recorder
  store: Pick<Store, 'openContent'>
  /** The listener's port. */
  port: number
  /** The client's. */
  address: string
  /** Monotonic milliseconds. */
  now(): number
  date(): Date
  log: Log
  /** A message was kept. */
  kept(): void
  /** The store did not keep this, for this reason. */
  notKept(error: unknown, what?: Unkept): void
  /** The connection is gone. */
  over(): void
  /** A person is waited for, or no longer. */
  held(waits: boolean): void
}
