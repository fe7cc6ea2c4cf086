/**
 * Owns: what the two threads say to each other for the relay. Messages, legs, attempts and reports cross as JSON text that
 * is stored as it is; beside it stands only what the tables look for.
 */
import type { Leg } from '../relay/types.ts'

/** States that a leg ends in. */
export type OverState = Exclude<Leg['state'], 'waiting' | 'held'>

export interface LegText {
  id: string
  state: Leg['state']
  /** What it is found by once it is over, in lower case; null while it is open. */
  text: string | null
  /** Dialogues that its history names, each once. */
  sessions: string[]
  /** Its history has lost its first tries. */
  forgot: boolean
  /** Of the leg without its message. */
  json: string
}

export interface QueuedText {
  id: string
  messageId: string | null
  envid: string | null
  /** No transcript keeps its content: that goes with the last leg. */
  alone: boolean
  json: string
  legs: LegText[]
}

export interface AttemptText {
  refused: boolean
  json: string
}

/** Legs with their messages, each message once. */
export interface LegTexts {
  messages: { id: string; json: string }[]
  /** `message`: place in `messages`. */
  legs: { id: string; message: number; json: string }[]
}

/** A page of rows, and where the next one begins. */
export interface JsonPage {
  rows: { name: string; json: string }[]
  next?: string
}

export type RelayWrite =
  | { type: 'putLegs'; legs: LegText[] }
  | { type: 'putAttempts'; rows: AttemptText[] }
  | { type: 'putReport'; id: string; leg: string | null; json: string }

export type RelayRead =
  | { type: 'openLegs'; after: string | null; max: number }
  | { type: 'getLeg'; id: string }
  /** `words`: in lower case; all must occur. */
  | {
      type: 'overLegs'
      states: readonly OverState[]
      words: string[]
      before?: string | undefined
      limit: number
    }
  | { type: 'overCounts' }
  | { type: 'findLegs'; messageId?: string; envid?: string; id?: string }
  | { type: 'listAttempts'; before?: string | undefined; limit: number; refused: boolean }
  | { type: 'listReports'; before?: string | undefined; limit: number; leg?: string | undefined }

export interface RelayReadResults {
  /** `more`: rows follow the last one. */
  openLegs: LegTexts & { more: boolean }
  getLeg: LegTexts
  overLegs: LegTexts & { next?: string; total: number }
  overCounts: Record<OverState, number>
  findLegs: LegTexts
  listAttempts: JsonPage
  listReports: JsonPage
}
