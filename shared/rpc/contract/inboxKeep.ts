/**
 * Owns: how long the Inbox keeps what came: rules by count, age and size, what they would remove, what they removed. The
 * same rules hold for mail of the relay that is over, counted by itself; what is told here is of the Inbox alone.
 */
import { z } from 'zod'
import { call, nothing } from './kinds.ts'

const mostDays = 3650
const mostRows = 10_000_000
/** Octets: 10 TB. */
const mostOctets = 1e13

/**
 * The oldest rows go until every rule that is given holds; `null` is no rule. Rows are messages and sessions that left
 * none.
 */
export const KeepRules = z.object({
  on: z.boolean(),
  count: z.int().min(1).max(mostRows).nullable(),
  days: z.int().min(1).max(mostDays).nullable(),
  /** Of the messages as received; dialogues and the search index come on top. */
  octets: z.int().min(1).max(mostOctets).nullable(),
  /** Starred rows stay, and count. */
  spareStarred: z.boolean(),
  /** A dialogue goes with the last row of its session; one that has mail with the relay when that has gone too. */
  dialogues: z.boolean(),
})
export type KeepRules = z.infer<typeof KeepRules>

/** Everything stays until a person says otherwise; these numbers stand in the form. */
export const defaultKeepRules: KeepRules = {
  on: false,
  count: 10_000,
  days: 30,
  octets: 1_000_000_000,
  spareStarred: true,
  dialogues: true,
}

/** Rows and octets of the Inbox; octets of messages only. */
export const KeepTally = z.object({ messages: z.int(), sessions: z.int(), octets: z.int() })
export type KeepTally = z.infer<typeof KeepTally>

export const KeepRemoved = KeepTally.extend({
  /** Of the last removal. */
  at: z.iso.datetime(),
})
export type KeepRemoved = z.infer<typeof KeepRemoved>

export const inboxKeep = {
  'inbox.keep': call(nothing, z.object({ rules: KeepRules, removed: KeepRemoved.nullable() })),
  /** What these rules would remove at this moment, of the oldest to the newest; nothing is removed. */
  'inbox.keepPreview': call(
    z.object({ rules: KeepRules }),
    z.object({
      would: KeepTally,
      /** When the newest that would go was received. */
      until: z.iso.datetime().optional(),
      /** What is there now. */
      now: KeepTally,
    }),
  ),
  'inbox.setKeep': call(z.object({ rules: KeepRules }), nothing),
}
