/** Owns: adding up one way of a comparison while it runs: round trips, handshakes, times, the first connection's trips. */
import type { VersusSide } from '#shared/rpc/contract/versus.ts'
import { type Trip, TripCounter } from '#shared/versus/trips.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import type { LineCount } from './passThrough.ts'

/** Trips that are told one by one. */
const mostTrips = 200

const whole = (micros: number): number => Math.max(0, Math.round(micros))

export class Measure {
  readonly #now: () => number
  readonly #began: number
  #counter = new TripCounter()
  #connections = 0
  #handshakes = 0
  #roundTrips = 0
  #first: number | undefined
  #last = 0
  readonly #trips: Trip[] = []
  messages = 0
  /** Of the first connection. */
  session = ''

  /** `now`: monotonic microseconds. */
  constructor(now: () => number) {
    this.#now = now
    this.#began = now()
  }

  /** A connection begins. */
  begins(session: string): void {
    if (this.#connections++ === 0) this.session = session
    this.#counter = new TripCounter()
  }

  take(event: TranscriptEvent): void {
    if (event.kind === 'tls' && event.outcome === 'established') this.#handshakes++
    const trip = this.#counter.push(event)
    if (trip === null) return
    this.#roundTrips += trip.times
    if (this.#connections === 1 && this.#trips.length < mostTrips) this.#trips.push(trip)
  }

  /** One message was taken. */
  taken(): void {
    this.messages++
    this.#last = this.#now() - this.#began
    this.#first ??= this.#last
  }

  result(outcome: VersusSide['outcome'], line: LineCount, problem?: string): VersusSide {
    return {
      session: this.session,
      outcome,
      ...(problem === undefined ? {} : { problem }),
      messages: this.messages,
      connections: line.connections,
      handshakes: this.#handshakes,
      roundTrips: this.#roundTrips,
      trips: this.#trips,
      turns: line.turns,
      octetsOut: line.octetsOut,
      octetsIn: line.octetsIn,
      took: whole(this.#last > 0 ? this.#last : this.#now() - this.#began),
      ...(this.#first === undefined ? {} : { first: whole(this.#first) }),
    }
  }
}
