/**
 * Owns: which reply answers what, and after how long. Replies come in the order of commands, also where several were sent
 * ahead (RFC 2920 §3.2), so each answers the oldest that waits; the greeting answers nothing. Where a command was never
 * answered, as one sent ahead of a handshake, or one is answered more than once (RFC 2033 §4.2), the phases tell.
 */
import { atOnce } from '../../steps.ts'
import type { EventOf, TranscriptEvent } from '../event.ts'
import { stepping } from './pauses.ts'

export interface Exchange {
  /** What was said: a line, or the last octets of content. Null for the greeting and for what nobody asked for. */
  said: EventOf<'line'> | EventOf<'chunk'> | null
  reply: EventOf<'reply'> | null
  /** Microseconds from the command, or from what came before the greeting, until the reply; a person's holds not counted. */
  waited: number
  /** Microseconds that a person or a rule held it. */
  held: number
  /** Since the session began, in microseconds. */
  from: number
}

/**
 * The end of content is a line of its own in a client's transcript, but no command: content and dot are answered together
 * (RFC 5321 §4.1.1.4). A server's transcript has no such line.
 */
const endsContent = (line: EventOf<'line'>, waiting: Exchange | undefined): waiting is Exchange =>
  line.phase === 'body' && line.verb === undefined && waiting?.said?.kind === 'chunk'

/** Waiting commands that are looked through when a reply does not fit the first. */
const reach = 100

/** Index of what a reply answers, from `first` on; -1 where it answers nothing. */
function answeredBy({ phase, code }: EventOf<'reply'>, open: readonly Exchange[], first: number): number {
  if (phase === 'banner' || first >= open.length) return -1
  if (phase === 'other' || code === 421) return first
  const last = Math.min(open.length, first + reach)
  for (let at = first; at < last; at++) if (open[at]!.said?.phase === phase) return at
  return phase === 'body' ? -1 : first
}

/** In the order of what was said; content that goes on is counted to its last octets. */
export const exchangesOf = (events: readonly TranscriptEvent[]): Exchange[] => atOnce(exchangeSteps(events))

/** The same in steps. */
export function* exchangeSteps(events: readonly TranscriptEvent[]): Generator<void, Exchange[]> {
  const all: Exchange[] = []
  const open: Exchange[] = []
  let before = 0
  let first = 0
  // Holds so far, and how long they were when each waiting one was said: a hold counts for all that wait.
  let heldSoFar = 0
  const heldBefore = new Map<Exchange, number>()
  yield* stepping(events, (event) => {
    const waiting = first < open.length ? open.at(-1) : undefined
    if (event.kind === 'line' && endsContent(event, waiting)) {
      // What a person said in the dot's place is told for itself, and takes the answer.
      if (event.edited === true) {
        const exchange = { said: event, reply: null, waited: 0, held: 0, from: event.at }
        all.push(exchange)
        open[open.length - 1] = exchange
        heldBefore.delete(waiting)
        heldBefore.set(exchange, heldSoFar)
      } else {
        waiting.from = event.at
        heldBefore.set(waiting, heldSoFar)
      }
    } else if (event.kind === 'line' || (event.kind === 'chunk' && event.last)) {
      const exchange = { said: event, reply: null, waited: 0, held: 0, from: event.at }
      all.push(exchange)
      // What BDAT carries has no reply of its own: its line has (RFC 3030 §2).
      if (event.kind === 'line' || event.encoding === 'data') {
        open.push(exchange)
        heldBefore.set(exchange, heldSoFar)
      }
    } else if (event.kind === 'tls' && event.outcome === 'established') {
      // What was sent ahead in clear is not answered any more (RFC 3207 §4.2).
      first = open.length
    } else if (event.kind === 'wait') {
      heldSoFar += event.took
    } else if (event.kind === 'reply') {
      const at = answeredBy(event, open, first)
      const exchange = open[at] ?? { said: null, reply: null, waited: 0, held: 0, from: before }
      if (at >= 0) first = at + 1
      else all.push(exchange)
      exchange.reply = event
      exchange.held = heldSoFar - (heldBefore.get(exchange) ?? heldSoFar)
      heldBefore.delete(exchange)
      exchange.waited = Math.max(0, event.at - exchange.from - exchange.held)
    }
    before = event.at
  })
  for (const [exchange, began] of heldBefore) exchange.held = heldSoFar - began
  return all
}
