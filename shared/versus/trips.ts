/**
 * Owns: counting round trips in a client's transcript: each time it had said all it could and had to wait for the other
 * side. What was pipelined is one wait. Works for SMTP and for HTTP, because both are lines, chunks and replies there.
 */
import type { EventOf, TranscriptEvent } from '../transcript/event.ts'

export interface Trip {
  /** As `MAIL, RCPT, DATA`, `TCP connection`, `Greeting`. */
  what: string
  /** A TLS 1.2 handshake waits twice (RFC 5246 §7.3), one of TLS 1.3 once (RFC 8446 §2). */
  times: number
  /** Event that ended the wait. */
  seq: number
}

/** Different things named in one trip; a hundred RCPTs are one word. */
const mostNamed = 6

export class TripCounter {
  #said: string[] = []
  /** Nobody has spoken yet: an SMTP server does so first. */
  #silent = true
  /** The greeting cost no wait of its own. */
  #greeted = false

  /** The trip that ends with this event, or null. */
  push(event: TranscriptEvent): Trip | null {
    switch (event.kind) {
      case 'connect':
        if (event.outcome !== 'connected') return null
        this.#silent = true
        return { what: 'TCP connection', times: 1, seq: event.seq }
      case 'tls':
        return event.outcome === 'established' ? this.#secured(event) : null
      case 'line':
        if (event.direction === 'to-server')
          this.#say(event.verb ?? (event.phase === 'auth' ? 'Sign-in' : 'Message'))
        return null
      case 'chunk':
        if (event.direction === 'to-server') this.#say('Message')
        return null
      case 'reply':
        return this.#heard(event.seq)
      case 'resolve':
      case 'wait':
      case 'edit':
      case 'finding':
      case 'remark':
      case 'end':
        break
    }
    return null
  }

  #say(word: string): void {
    this.#silent = false
    if (this.#said.length < mostNamed && !this.#said.includes(word)) this.#said.push(word)
  }

  /** In a full TLS 1.2 handshake the server has the last word, and its greeting travels with it. */
  #secured({ version, resumed, seq }: EventOf<'tls'>): Trip {
    const trip = handshake(version, resumed, seq)
    this.#greeted = trip.times === 2
    return trip
  }

  #heard(seq: number): Trip | null {
    const greets = this.#silent && !this.#greeted
    const what = this.#said.length > 0 ? this.#said.join(', ') : greets ? 'Greeting' : null
    this.#said = []
    this.#silent = false
    return what === null ? null : { what, times: 1, seq }
  }
}

function handshake(version: string | undefined, resumed: boolean | undefined, seq: number): Trip {
  const old = version === 'TLSv1.2'
  return { what: `TLS ${old ? '1.2' : '1.3'} handshake`, times: old && resumed !== true ? 2 : 1, seq }
}

/** All of one transcript. */
export function tripsOf(events: Iterable<TranscriptEvent>): Trip[] {
  const counter = new TripCounter()
  const trips: Trip[] = []
  for (const event of events) {
    const trip = counter.push(event)
    if (trip !== null) trips.push(trip)
  }
  return trips
}

export const totalOf = (trips: readonly Trip[]): number => trips.reduce((sum, { times }) => sum + times, 0)
