/** Owns: the one sentence under a dialogue's title: how it was protected, and how it stands. */
import type { SessionSummary } from '#shared/transcript/event.ts'
import { eventAt, type EventLog } from './eventLog.ts'
import type { Ladder } from './ladder.ts'

function protection(ladder: Ladder, mode: SessionSummary['tls'] | undefined): string {
  const walls = new Set(ladder.segments.map(({ wall }) => wall))
  if (walls.size === 0) return ''
  if (!walls.has('sealed')) return 'All of it was readable by anyone on the path.'
  // What openssl s_client says before the handshake is not in its output.
  return walls.has('open') || mode === 'starttls' ? 'Sealed after STARTTLS.' : 'Sealed from the first byte.'
}

function stands(summary: SessionSummary | undefined, ladder: Ladder): string {
  if (!summary) return 'Reading the dialogue.'
  // Paused is what the chip beside the title says; the sentence says how far the message has come.
  if (summary.state === 'held')
    return ladder.bodies.size === 0 ? 'No message has been sent yet.' : 'A message has been sent.'
  return `${summary.words.replace(/[.]$/, '')}.`
}

export function sentence(summary: SessionSummary | undefined, log: EventLog, ladder: Ladder): string {
  const last = eventAt(log, log.length - 1)
  const standing = last?.kind === 'end' ? last.message : stands(summary, ladder)
  const timed = summary?.times === 'none' ? 'Times are not in its text.' : ''
  return [protection(ladder, summary?.tls), standing, timed].filter(Boolean).join(' ')
}
