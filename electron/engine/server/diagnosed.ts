/**
 * Owns: findings about a client that only the whole of its session shows, written just before the session's `end`. The
 * machine says what it sees at the moment; this adds what follows from commands and replies together.
 */
import { diagnoseTranscript } from '#shared/diagnosis/transcript.ts'
import type { SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import type { Recorder } from '../transcripts/types.ts'

/** Events remembered of one session; a client that talks without end must not fill the memory twice. */
const remembered = 200

/**
 * What a client did wrong and our replies alone do not explain. A refused recipient needs no finding here: the refusal
 * is our own, and says why.
 */
const wanted = new Set(['unknown-command', 'bad-sequence', 'auth-offered-in-clear'])

/** The same recorder; nearly all sessions give no reason to look closer, and cost one comparison an event. */
export function diagnosed(
  recorder: Recorder,
  head: Omit<SessionHead, 'id' | 'startedAt'>,
  startedAt: Date,
): Recorder {
  const events: TranscriptEvent[] = []
  let suspicious = false
  const tell = (): void => {
    const found = diagnoseTranscript({ ...head, startedAt: startedAt.toISOString() }, events)
    for (const finding of found.filter(({ code }) => wanted.has(code)))
      recorder.write({ ...finding, kind: 'finding', direction: 'none' })
  }
  return {
    get session() {
      return recorder.session
    },
    get seq() {
      return recorder.seq
    },
    write(event, at) {
      if (event.kind === 'end' && suspicious) tell()
      const written = recorder.write(event, at)
      if (events.length < remembered && written.kind !== 'chunk') events.push(written)
      suspicious ||= isSuspicious(written)
      return written
    },
    elapsed: () => recorder.elapsed(),
    conceal: (secret) => recorder.conceal(secret),
    held: (value) => recorder.held(value),
    delivered: (message) => recorder.delivered(message),
  }
}

function isSuspicious(event: TranscriptEvent): boolean {
  if (event.kind === 'reply') return event.code === 500 || event.code === 502 || event.code === 503
  return event.kind === 'line' && event.verb === 'AUTH' && event.sealed !== true
}
