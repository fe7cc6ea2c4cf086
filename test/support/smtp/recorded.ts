/** Owns: what a machine noted, as the transcript that a driver would have written of it. */
import { toByteString } from '#shared/bytes/bytes.ts'
import type { Note, Outcome } from '#shared/smtp/machine/types.ts'
import type { ClientScript } from '#shared/smtp/machine/replay/types.ts'
import { ClientScriptReader } from '#shared/transcript/replay/clientScript.ts'
import type { EventBody, TranscriptEvent } from '#shared/transcript/event.ts'
import type { Pump } from './pump.ts'

export const numbered = (bodies: readonly EventBody[]): TranscriptEvent[] =>
  bodies.map((body, i) => ({ ...body, session: 's', seq: i + 1, at: i * 1000 }))

const established = { kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 1 } as const

function bodiesOf(note: Note): EventBody[] {
  if (note.kind === 'finding') return []
  if (note.kind === 'chunk') return [{ ...note, phase: 'body' }]
  const { shown, ...rest } = note
  const masked = shown.masked.length > 0 ? { masked: shown.masked } : {}
  const body = { ...rest, raw: toByteString(shown.bytes), ...masked }
  // The next thing after a 220 to STARTTLS is the handshake.
  return body.kind === 'reply' && body.phase === 'starttls' && body.code === 220
    ? [body, established]
    : [body]
}

export function transcriptOf(notes: readonly Note[], outcome: Outcome | undefined): TranscriptEvent[] {
  const { how, by, message } = outcome ?? { how: 'completed', by: 'client', message: '' }
  const end: EventBody = { kind: 'end', phase: 'other', direction: 'none', outcome: how, by, message }
  return numbered([...notes.flatMap(bodiesOf), end])
}

export function clientScriptOf(events: readonly TranscriptEvent[]): ClientScript {
  const reader = new ClientScriptReader()
  for (const event of events) reader.push(event)
  return reader.script()
}

/** The store's part of a server notes the content. */
function withContent(events: readonly TranscriptEvent[], size: number, last: boolean): TranscriptEvent[] {
  const chunk = {
    kind: 'chunk',
    phase: 'body',
    direction: 'to-server',
    body: 1,
    offset: 0,
    size,
    last,
  } as const
  return numbered(
    events.flatMap((event): EventBody[] => {
      if (event.kind === 'reply' && event.code === 354) return [event, { ...chunk, encoding: 'data' }]
      return event.kind === 'line' && event.verb === 'BDAT'
        ? [event, { ...chunk, encoding: 'bdat' }]
        : [event]
    }),
  )
}

/** What the client of a played session said, as a recording by the client or by the server. */
export function recordingOf(pump: Pump, side: 'client' | 'server' = 'client'): ClientScript {
  const events = transcriptOf(pump.notes[side], pump.outcomes[side][0])
  if (side === 'client') return clientScriptOf(events)
  const content = pump.received.reduce((sum, part) => sum + part.length, 0)
  return clientScriptOf(withContent(events, content, pump.messages.length > 0))
}
