/**
 * Owns: telling the main course of a session from a trial connection that was made beside it, because the port was
 * silent: a second connect and a handshake that nobody had asked for with STARTTLS, recorded in the same transcript.
 */
import type { EventOf, TranscriptEvent } from '../../transcript/event.ts'
import type { ImplicitTlsTrial } from '../banner.ts'

export interface Course {
  events: readonly TranscriptEvent[]
  trial?: ImplicitTlsTrial | undefined
}

type Connect = EventOf<'connect'>

/** `implicit`: TLS from the first octet is the plan, so a handshake after the connection is no trial. */
export function mainCourse(events: readonly TranscriptEvent[], implicit: boolean): Course {
  const opened = events.findIndex((event) => event.kind === 'connect' && event.outcome === 'connected')
  if (implicit || opened < 0) return { events }
  const at = events.findIndex((event, i) => i > opened && event.kind === 'connect')
  if (at < 0) return { events }
  const talked = events.slice(0, at).some((event) => event.kind === 'line' || event.kind === 'reply')
  return talked ? { events } : withoutTrial(events, at)
}

function withoutTrial(events: readonly TranscriptEvent[], at: number): Course {
  const tls = events.findIndex((event, i) => i > at && event.kind === 'tls')
  const spoken = events.findIndex((event, i) => i > at && event.kind === 'line')
  if (tls < 0 || (spoken >= 0 && spoken < tls)) return { events: events.filter((_, i) => i !== at) }
  const handshake = events[tls]
  const next = events.slice(tls + 1).find((event) => event.kind !== 'finding')
  const said =
    next?.kind === 'reply' && (next.sealed === true || next.malformed !== undefined) ? next : undefined
  const aside = [events[at]!, events[tls]!, ...(said ? [said] : [])]
  return {
    events: events.filter((event) => !aside.includes(event)),
    trial: {
      established: handshake?.kind === 'tls' && handshake.outcome === 'established',
      said: said?.raw ?? '',
      evidence: aside.map((event) => event.seq),
    },
  }
}

/** A connection that was open when the first word came. */
export function openedBy(events: readonly TranscriptEvent[]): Connect | EventOf<'tls'> | undefined {
  const talk = events.findIndex((event) => event.kind === 'reply' || event.kind === 'line')
  const before = talk < 0 ? events : events.slice(0, talk)
  const opened = before.findLast(
    (event) =>
      (event.kind === 'connect' && event.outcome === 'connected') ||
      (event.kind === 'tls' && event.outcome === 'established'),
  )
  return opened?.kind === 'connect' || opened?.kind === 'tls' ? opened : undefined
}
