/** Owns: the words that the two ways to a name server share. */
import type { Message, Question } from './message.ts'
import type { DnsServer } from './types.ts'

export interface Exchange {
  server: DnsServer
  question: Question
  /** Aborts when the time is over or somebody cancels. */
  signal: AbortSignal
}

export type Exchanged =
  | { kind: 'answer'; message: Message }
  /** Ask again over TCP. */
  | { kind: 'too-large' }
  | { kind: 'unreadable' }
  | { kind: 'unreachable'; code: string }
  /** The signal aborted. */
  | { kind: 'over' }
