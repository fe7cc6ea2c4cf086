/** Owns: turning a machine's notes and findings into transcript events. */
import { toByteString } from '#shared/bytes/bytes.ts'
import type { Note, Range, Shown } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import type { Fault } from './fault.ts'

interface Wire {
  raw: string
  masked?: Range[]
}

const wire = (shown: Shown): Wire => ({
  raw: toByteString(shown.bytes),
  ...(shown.masked.length > 0 ? { masked: shown.masked } : {}),
})

/** The event of a note; `evidence` is the number of the event a finding speaks of when the machine names none. */
export function noteEvent(note: Note, sealed: boolean, evidence: number): EventBody {
  const seal = sealed ? { sealed: true } : {}
  if (note.kind === 'chunk') return { ...seal, ...note, phase: 'body' }
  if (note.kind === 'finding')
    return { confidence: 'certain', ...note, direction: 'none', evidence: [Math.max(1, evidence)] }
  if (note.kind === 'line') {
    const { shown, ...rest } = note
    return { ...seal, ...rest, ...wire(shown) }
  }
  const { shown, ...rest } = note
  return { ...seal, ...rest, ...wire(shown) }
}

/** An alert that came after the handshake: TLS failed all the same. */
export const alertEvent = (fault: Fault): EventBody => ({
  kind: 'tls',
  phase: 'tls',
  direction: 'none',
  outcome: 'failed',
  took: 0,
  fault,
})
