/** Owns: reading the dialogue of one session, bounded: a stretch of its events, and the findings in it. */
import type { z } from 'zod'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import type { Hub } from '../transcripts/types.ts'
import type { Finding } from './schemas.ts'

export type Sessions = Pick<Hub, 'events' | 'summary' | 'list'>
export type FindingJson = z.output<typeof Finding>

const atOnce = 1000
/** Events that are looked at for findings: more has only a session that sends the same again and again. */
const mostLooked = 20_000
const mostFindings = 200
/** Characters of wire text in one stretch, roughly: a hostile client's lines are as long as it may make them. */
const mostText = 16 << 20

/** Events behind `after` that there are now, at most `max`, fewer where they are very long. Null for an unknown session. */
export async function stretch(
  sessions: Pick<Hub, 'events'>,
  session: string,
  after: number,
  max: number,
): Promise<{ events: TranscriptEvent[]; ended: boolean } | null> {
  const source = await sessions.events(session)
  if (source === null) return null
  const events: TranscriptEvent[] = []
  let text = 0
  for (let at = after; ;) {
    const batch = await source.read(at, Math.min(atOnce, max - events.length))
    events.push(...batch.events)
    at = batch.first + batch.events.length - 1
    for (const event of batch.events) text += 'raw' in event ? (event.raw?.length ?? 0) : 0
    if (batch.events.length === 0 || events.length >= max || text > mostText)
      return { events, ended: batch.ended || events.at(-1)?.kind === 'end' }
  }
}

/** In their order; none for a session whose dialogue was removed. */
export async function findingsOf(sessions: Pick<Hub, 'events'>, session: string): Promise<FindingJson[]> {
  const found = await stretch(sessions, session, 0, mostLooked)
  return (found?.events ?? []).flatMap((event) => findingOf(event) ?? []).slice(0, mostFindings)
}

function findingOf(event: TranscriptEvent): FindingJson | null {
  if (event.kind !== 'finding') return null
  const { code, severity, side, confidence, evidence, message, next, references } = event
  const more = references === undefined ? {} : { references }
  return { code, severity, side, confidence, evidence, message, next, ...more }
}
