/** Owns: turning a machine's notes and findings into transcript events. */
import { toByteString } from '#shared/bytes/bytes.ts'
import type { Note } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import type { Fault } from './fault.ts'

type Of<K extends Note['kind']> = Extract<Note, { kind: K }>
type BodyOf<K extends EventBody['kind']> = Extract<EventBody, { kind: K }>

/** The event of a note; `evidence` is the number of the event a finding speaks of when the machine names none. */
export function noteEvent(note: Note, sealed: boolean, evidence: number): EventBody {
  const seal = sealed ? { sealed: true } : {}
  if (note.kind === 'chunk') return { ...seal, ...note, phase: 'body' }
  if (note.kind === 'finding')
    return { confidence: 'certain', ...note, direction: 'none', evidence: [Math.max(1, evidence)] }
  return note.kind === 'line' ? lineEvent(note, sealed) : replyEvent(note, sealed)
}

/**
 * `sealed`: it went over TLS. Field by field: every line of every delivery comes through here, and an object that is put
 * together from parts costs several times as much. An absent field and an undefined one are different in a file: only what
 * is there is carried over.
 */
function lineEvent(
  { kind, direction, phase, shown, verb, edited, cutFrom }: Of<'line'>,
  sealed: boolean,
): EventBody {
  const raw = toByteString(shown.bytes)
  const event: BodyOf<'line'> = sealed
    ? { sealed, kind, direction, phase, raw }
    : { kind, direction, phase, raw }
  if (verb !== undefined) event.verb = verb
  if (edited !== undefined) event.edited = edited
  if (cutFrom !== undefined) event.cutFrom = cutFrom
  if (shown.masked.length > 0) event.masked = shown.masked
  return event
}

function replyEvent(note: Of<'reply'>, sealed: boolean): EventBody {
  const { kind, direction, phase, shown, code, enhanced, malformed, edited, cutFrom } = note
  const raw = toByteString(shown.bytes)
  const event: BodyOf<'reply'> = sealed
    ? { sealed, kind, direction, phase, raw }
    : { kind, direction, phase, raw }
  if (code !== undefined) event.code = code
  if (enhanced !== undefined) event.enhanced = enhanced
  if (malformed !== undefined) event.malformed = malformed
  if (edited !== undefined) event.edited = edited
  if (cutFrom !== undefined) event.cutFrom = cutFrom
  if (shown.masked.length > 0) event.masked = shown.masked
  return event
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
