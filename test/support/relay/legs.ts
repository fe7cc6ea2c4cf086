/** Owns: legs and entries for tests of the queue's small parts. */
import { Entry } from '#engine/relay/queue/entry.ts'
import type { Leg, LegRecipient, QueuedMessage } from '#engine/relay/types.ts'
import { message } from './queue.ts'

export function legOf(to: readonly (string | LegRecipient)[] = ['b@x.example'], change: Partial<Leg> = {}, of: Partial<QueuedMessage> = {}): Leg {
  return { ...message(to, of).queued.legs[0]!, ...change }
} // prettier-ignore

export const entryOf = (change: Partial<Leg> = {}, of: Partial<QueuedMessage> = {}): Entry =>
  new Entry(legOf(['b@x.example'], change, of), null)
