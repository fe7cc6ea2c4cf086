/** Owns: what a lane needs of the queue. No behaviour. */
import type { LegTry } from '#shared/rpc/contract/relay.ts'
import type { RecipientOutcome } from '../types.ts'
import type { Entry } from './entry.ts'
import type { HopMemory } from './hopMemory.ts'
import type { LinkParts } from './link.ts'
import type { Slots } from './slots.ts'

export interface LaneHost extends Pick<LinkParts, 'deps' | 'timing' | 'limits'> {
  readonly slots: Slots
  readonly hops: HopMemory
  now(): Date
  micros(): number
  /** Nothing is begun while the queue is paused, or what ends cannot be stored. */
  mayGo(): boolean
  /** A connection begins with it. */
  taken(entry: Entry): void
  /** It waits for a connection again. */
  returned(entry: Entry): void
  settled(entry: Entry, outcomes: readonly RecipientOutcome[], tried: LegTry): void
}
