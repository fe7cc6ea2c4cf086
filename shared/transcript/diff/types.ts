/**
 * Owns: what a diff of two transcripts is made of. A step is what a person would call one: a command with its reply, a
 * handshake, a body with its answer. Steps of two transcripts are aligned to rows; a row says what differs, and how much
 * it weighs.
 */
import type { EventOf } from '../event.ts'

export const stepKinds = [
  'resolve', 'connect', 'greeting', 'ehlo', 'starttls', 'tls', 'auth', 'mail', 'rcpt', 'data', 'body', 'other', 'unasked', 'quit', 'rest', 'end',
] as const // prettier-ignore
export type StepKind = (typeof stepKinds)[number]

/** Event numbers [first, last], both included. */
export type SeqRange = [first: number, last: number]

/** How often an answer came in a step that stands for many: `250 2.1.5` 400 times, the first at event `seq`. */
export interface Tally {
  answer: string
  times: number
  seq: number
}

export interface Step {
  kind: StepKind
  /** Upper-case verb of a command; '' for what is none or is not known. */
  verb: string
  /** Steps of one key can be aligned. */
  key: string
  /** The recipient in lower case, so that RCPTs are paired by address first; '' elsewhere. */
  address: string
  /** Events of this step, in ranges; no event belongs to two steps. */
  ranges: SeqRange[]
  sealed: boolean
  command: EventOf<'line'> | undefined
  /** The answer that settles the step: of AUTH the one after the challenges. */
  reply: EventOf<'reply'> | undefined
  /** For `resolve`, `connect`, `tls` and `end`: the event itself. */
  event: EventOf<'resolve' | 'connect' | 'tls' | 'end'> | undefined
  /** Octets of content in a body. */
  octets: number
  /** Challenges that were answered (334). */
  rounds: number
  /** Microseconds since the session began. */
  from: number
  to: number
  /** Microseconds in between that a person or a rule held the dialogue. */
  held: number
  /** Commands that this step stands for: 1, or many where equal ones were too many to keep. */
  times: number
  /** Answers of a step that stands for many, in the order they first came. */
  tally: Tally[]
  findings: EventOf<'finding'>[]
}

/** All steps of one transcript. */
export interface Steps {
  steps: Step[]
  /** Whether the events have times: an import may have none. */
  timed: boolean
  /** Microseconds that connecting took: about one round trip; 0 when not known. */
  roundTrip: number
}

export const aspects = [
  'reply', 'text', 'command', 'capability', 'tls', 'certificate', 'protection', 'address', 'body', 'timing', 'finding', 'outcome', 'missing',
] as const // prettier-ignore
export type Aspect = (typeof aspects)[number]

/**
 * `fate`: from here on the two fare differently: accepted here, refused there. `matters`: another step, protection,
 * version. `note`: worth a look. `expected`: differs every time, as queue ids and host names do.
 */
export const weights = ['expected', 'note', 'matters', 'fate'] as const
export type Weight = (typeof weights)[number]

export interface Difference {
  aspect: Aspect
  weight: Weight
  /** What it is about: "reply code", "SIZE", "cipher". */
  what: string
  /** As on each side; '' where that side has nothing. */
  left: string
  right: string
}

export type RowStatus = 'same' | 'different' | 'left' | 'right'

export interface DiffRow {
  /** Stays the same while live transcripts grow. */
  key: string
  /** As "EHLO again", "RCPT 2". */
  name: string
  kind: StepKind
  status: RowStatus
  /** The heaviest of its differences; undefined when there is none. */
  weight: Weight | undefined
  left: Step | undefined
  right: Step | undefined
  differences: Difference[]
}

export interface Verdict {
  /** `same`: nothing worth a look differs. `alike`: same steps and outcome. `differs`: something matters. */
  kind: 'same' | 'alike' | 'differs'
  /** One sentence, or two. */
  sentence: string
  /** What else is worth knowing: earlier differences, time. One sentence each. */
  further: string[]
  /** The row where they part, -1 for none. */
  row: number
  /** The events to look at; 0 where a side has none. */
  left: number
  right: number
}

export interface TranscriptDiff {
  rows: DiffRow[]
  verdict: Verdict
  counts: Record<RowStatus, number>
  /** Times are compared only where both sides have them. */
  timed: boolean
}

/** What is to be known about one side besides its events. */
export interface Side {
  steps: Steps
  /** It is still going on: what is missing at its end may yet come. */
  live?: boolean
  /** It was to stop early: a port test sends no mail. */
  probe?: boolean
}
