/** Owns: the queue's own times and limits where nobody gives others. */
import type { QueueLimits, Timing } from './types.ts'

const minute = 60_000

/**
 * RFC 5321 §4.5.3.2 sets the waits for replies. Where other mail waits for the connection, a server that has not greeted and
 * answered EHLO after a minute is tried later: few think longer, and they have their turn when there is room. Thirty seconds
 * without an answer to a SYN is long enough everywhere; a
 * sender that asks for DELAY hears of it before an hour has passed, one that says nothing after four hours.
 */
export const queueTiming: Timing = {
  connect: minute / 2,
  idle: 2000,
  hopMemory: minute,
  patience: minute,
  politely: 3000,
  storeRetry: 1000,
  delayAsked: 15 * minute,
  delayUnasked: 240 * minute,
}

/** Legs for each of which something is done before others have their turn: a hundred thousand may be due at once. */
export const inOneTurn = 500

export const queueLimits: QueueLimits = {
  connections: 100,
  messages: 200,
  memory: 64 << 20,
  unstored: 5000,
}
