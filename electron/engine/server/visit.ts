/**
 * Owns: one client's connection as the server knows it, given to its session as what it may use. A class over what all have in
 * common, and no closures: ten thousand of them may be open.
 */
import type { Log } from '../ports.ts'
import type { Store } from '../store/types.ts'
import type { Recorder } from '../transcripts/types.ts'
import type { Listener } from './listener.ts'
import type { Unkept } from './notKeptLog.ts'
import type { SessionRules } from './rules.ts'
import type { Session } from './session.ts'
import type { SessionContext } from './sessionContext.ts'

/** What all sessions of a server share. */
export interface Home {
  readonly store: Pick<Store, 'openContent'>
  readonly log: Log
  /** Monotonic milliseconds. */
  now(): number
  date(): Date
  kept(): void
  notKept(error: unknown, what?: Unkept): void
  over(visit: Visit): void
  held(session: Session, waits: boolean): void
}

/** What is this connection's own. */
export interface VisitOptions {
  rules: SessionRules
  recorder: Recorder
  /** The listener's port. */
  port: number
  /** The client's. */
  address: string
  listener: Listener
}

export class Visit implements SessionContext {
  readonly #home: Home
  readonly rules: SessionRules
  readonly recorder: Recorder
  readonly port: number
  readonly address: string
  readonly listener: Listener
  /** Set as soon as there is one. */
  session: Session | null = null

  constructor(home: Home, { rules, recorder, port, address, listener }: VisitOptions) {
    this.#home = home
    this.rules = rules
    this.recorder = recorder
    this.port = port
    this.address = address
    this.listener = listener
  }

  get store(): Home['store'] {
    return this.#home.store
  }

  get log(): Log {
    return this.#home.log
  }

  now(): number {
    return this.#home.now()
  }

  date(): Date {
    return this.#home.date()
  }

  kept(): void {
    this.#home.kept()
  }

  notKept(error: unknown, what?: Unkept): void {
    this.#home.notKept(error, what)
  }

  over(): void {
    this.#home.over(this)
  }

  held(waits: boolean): void {
    if (this.session !== null) this.#home.held(this.session, waits)
  }
}
