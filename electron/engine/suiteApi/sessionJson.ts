/** Owns: one session with the local server as a test suite reads it: what became of it, and the reply that decided. */
import type { z } from 'zod'
import { sessionOutcome, type SessionOutcome } from '#shared/inbox/outcome.ts'
import type { SessionSummary } from '#shared/transcript/event.ts'
import type { Session } from './schemas.ts'
import { stretch, type Sessions } from './transcripts.ts'

export type SessionJson = z.output<typeof Session>

/** The first events say what a session came for; what decided stands among them but for the longest. */
const mostRead = 2000

/** Reads its events only when it has ended without a message, kept or queued. */
export async function sessionJson(summary: SessionSummary, sessions: Sessions): Promise<SessionJson> {
  const { id, startedAt, state, words, port, took, events, messages, queued = 0 } = summary
  const base = { id, startedAt, state, words, port, took, events, messages, queued }
  if (messages.length > 0) return { ...base, outcome: 'kept' }
  if (queued > 0) return { ...base, outcome: 'relayed' }
  if (state !== 'ended') return { ...base, outcome: null }
  const first = await stretch(sessions, id, 0, mostRead)
  const last = events > mostRead ? await stretch(sessions, id, Math.max(mostRead, events - 200), 200) : null
  const found = sessionOutcome(summary, [...(first?.events ?? []), ...(last?.events ?? [])])
  return found === null ? { ...base, outcome: 'kept' } : { ...base, ...told(found) }
}

function told({ outcome, client, mailFrom, rcptTo, phase, decided, seq }: SessionOutcome) {
  return { outcome, client, mailFrom, rcptTo, decided: { phase, words: decided, seq } }
}
