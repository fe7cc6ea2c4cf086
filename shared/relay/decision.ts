/** Owns: the words of a decision: an attempt, the rules in the order they are looked at, and what each of them found. */

/** One recipient of one client, at RCPT. */
export interface RelayAttempt {
  /** The client's IP address. */
  client: string
  /** The port it came in by, where rules go by it. */
  port?: number
  /** Whether the connection is sealed by TLS. */
  secured: boolean
  /** Whom the client has signed in as; absent: nobody. */
  user?: string
  /** Reverse-path; empty for a bounce. */
  sender: string
  recipient: string
}

/** What an attempt came to, or would come to: `go-on`: it matched, and does not decide. */
export type RuleResult = 'no-match' | 'go-on' | 'decided' | 'not-reached'

export interface TraceStep {
  /** Place in the order, from 1. */
  number: number
  /** As the text writes it: `source 10.0.5.20 always-allow-relaying true`. */
  rule: string
  /** Line of the text it came from. */
  line?: number
  /** What was compared, in words: `203.0.113.77 is outside 10.0.5.20`. */
  compared: string
  result: RuleResult
}

export interface RelayReply {
  code: number
  enhanced: string
  text: string
}

export interface RelayDecision {
  relay: boolean
  /** One sentence: `Refused, because nobody had signed in and rule 4 asks every other address to.` */
  because: string
  /** What the client is told when it is refused; absent when it may relay. */
  reply?: RelayReply
  /** Number of the rule that decided; 0: none of them was asked. */
  decidedBy: number
  trace: TraceStep[]
}
