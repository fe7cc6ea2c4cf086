/**
 * Owns: splitting the wait for a reply into network and server. The TCP handshake took one round trip (RFC 9293 §3.5: SYN
 * there, SYN-ACK back), so what the wait has beyond one round trip is the server's own time. It is an estimate, and
 * where it cannot be made the reason is said.
 */
import type { SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { eventAt, type EventLog } from './eventLog.ts'

export type Split =
  /** Microseconds. */
  { known: true; roundTrip: number; server: number } | { known: false; roundTrip: number; why: string }

/** The connection is among the first events: names with many addresses are tried one by one. */
const looked = 40

/** Microseconds that the TCP handshake of this session took; 0 where nobody measured it. */
export function roundTripOf(log: EventLog): number {
  for (let index = 0; index < Math.min(log.length, looked); index++) {
    const event = eventAt(log, index)
    if (event?.kind === 'connect' && event.outcome === 'connected') return event.took
  }
  return 0
}

/** Undefined for what is no reply to us. `waited` in microseconds, holds by a person left out. */
export function splitOf(
  event: TranscriptEvent,
  {
    log,
    role,
    waited,
  }: { log: EventLog; role: SessionSummary['role'] | undefined; waited: number | undefined },
): Split | undefined {
  if (event.kind !== 'reply' || waited === undefined) return undefined
  const roundTrip = roundTripOf(log)
  if (role === 'server')
    return { known: false, roundTrip, why: 'Measured at the server: no round trip is in it.' }
  if (roundTrip === 0)
    return { known: false, roundTrip, why: 'Network and server cannot be told apart: how long TCP took to connect is not recorded.' } // prettier-ignore
  if (waited <= roundTrip && event.code === 421)
    return { known: false, roundTrip, why: 'A server says 421 by itself when it closes the connection: it need not be an answer.' } // prettier-ignore
  if (waited <= roundTrip)
    return { known: false, roundTrip, why: 'It came within one round trip: the server had it ready, or was asked before (pipelining).' } // prettier-ignore
  return { known: true, roundTrip, server: waited - roundTrip }
}
