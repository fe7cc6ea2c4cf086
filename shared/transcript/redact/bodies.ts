/** Owns: taking message content out of a transcript; how much there was stays. */
import type { TranscriptEvent } from '../event.ts'

/** Without the octets of content. `bodies`: how many different bodies there were, whether or not their octets were here. */
export function withoutBodies(events: readonly TranscriptEvent[]): {
  events: TranscriptEvent[]
  bodies: number
} {
  const bodies = new Set<number>()
  const kept = events.map((event): TranscriptEvent => {
    if (event.kind !== 'chunk') return event
    bodies.add(event.body)
    const { raw: _left, ...rest } = event
    return rest
  })
  return { events: kept, bodies: bodies.size }
}
