/** Owns: what a lane and a way need of the queue and of each other. No behaviour. */
import type { LegTry } from '#shared/rpc/contract/relay.ts'
import type { RecipientOutcome, RelayRulesNow } from '../types.ts'
import type { Allowance, AllowanceUser } from './allowance.ts'
import type { Entry } from './entry.ts'
import type { HopMemory } from './hopMemory.ts'
import type { LinkParts } from './link.ts'
import type { Slots } from './slots.ts'
import type { WayMemory } from './wayMemory.ts'

export interface LaneHost extends Pick<LinkParts, 'deps' | 'timing' | 'limits'> {
  readonly slots: Slots
  readonly hops: HopMemory
  readonly ways: WayMemory
  readonly rules: Pick<RelayRulesNow, 'policy'>
  now(): Date
  micros(): number
  /** Nothing is begun while the queue is paused, or what ends cannot be stored. */
  mayGo(): boolean
  /** A connection begins with it. */
  taken(entry: Entry): void
  /** A connection is being opened for it, or is not any more: it is ready all the same. */
  opens(entry: Entry, opening: boolean): void
  /** What is said of a leg has changed. */
  changed(): void
  /** It waits for a connection again. */
  returned(entry: Entry): void
  settled(entry: Entry, outcomes: readonly RecipientOutcome[], tried: LegTry): void
}

/** A lane as its way sees it. */
export interface WayLane extends AllowanceUser {
  readonly allowance: Allowance
  /** Legs of it may go, and no connection of its own will take them. */
  readonly wants: boolean
  /** Begins one connection, of which the way is told by `ready` or `notOpened`; `alone`: no other works now. */
  open(alone: boolean): void
  pump(): void
  /** Its legs, none of which has begun. */
  takeAll(): Entry[]
  /** Its connections end behind what is under way. */
  retire(): void
  cut(): void
}
