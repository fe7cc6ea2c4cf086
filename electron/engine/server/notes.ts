/** Owns: what a machine notes, as the event that goes into the transcript. */
import { unmasked } from '#shared/smtp/grammar/mask.ts'
import { readReply } from '#shared/smtp/machine/server/replied.ts'
import type { Note, Shown } from '#shared/smtp/machine/types.ts'
import type { EventBody, EventOf } from '#shared/transcript/event.ts'

/** `last` is the number of the event written before: what a finding points at. */
export function eventOfNote(note: Note, last: number): EventBody {
  if (note.kind === 'chunk') return { ...note, phase: 'body' }
  if (note.kind === 'finding') {
    const evidence = last > 0 ? [last] : []
    return { confidence: 'certain', ...note, direction: 'none', evidence }
  }
  return note.kind === 'line' ? lineOf(note) : replyOf(note)
}

type Body<K extends EventBody['kind']> = Extract<EventBody, { kind: K }>

/**
 * An absent field and an undefined one are different in a file: only what is there is carried over. Field by field: an
 * object joined from many small ones costs several times as much, and there are ten of these for each message.
 */
function lineOf(note: Extract<Note, { kind: 'line' }>): EventBody {
  const { kind, direction, phase, shown, verb, edited, cutFrom } = note
  const event: Body<'line'> = { kind, direction, phase, raw: rawOf(shown) }
  if (shown.masked.length > 0) event.masked = shown.masked
  if (verb !== undefined) event.verb = verb
  if (edited !== undefined) event.edited = edited
  if (cutFrom !== undefined) event.cutFrom = cutFrom
  return event
}

function replyOf(note: Extract<Note, { kind: 'reply' }>): EventBody {
  const { kind, direction, phase, shown, code, enhanced, malformed, edited, cutFrom } = note
  const event: Body<'reply'> = { kind, direction, phase, raw: rawOf(shown) }
  if (shown.masked.length > 0) event.masked = shown.masked
  if (code !== undefined) event.code = code
  if (enhanced !== undefined) event.enhanced = enhanced
  if (malformed !== undefined) event.malformed = malformed
  if (edited !== undefined) event.edited = edited
  if (cutFrom !== undefined) event.cutFrom = cutFrom
  return event
}

/** A reply that a person said beside those of the machine. */
export function addedReply(bytes: Uint8Array): EventBody {
  const line = readReply(bytes)
  return {
    kind: 'reply',
    direction: 'to-client',
    phase: 'other',
    raw: rawOf(unmasked(bytes)),
    ...(line === null ? { malformed: 'not a reply' } : { code: line.code }),
    ...(line?.enhanced === undefined ? {} : { enhanced: line.enhanced }),
    edited: true,
    added: true,
  }
}

/** Latin-1 is the byte string: one character per octet. */
const rawOf = ({ bytes }: Shown): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

/** How a handshake with a client ended. */
export const tlsEvent = (
  facts: Pick<
    EventOf<'tls'>,
    'outcome' | 'took' | 'fault' | 'version' | 'cipher' | 'alpn' | 'sni' | 'resumed'
  >,
): EventBody => ({
  kind: 'tls',
  phase: 'tls',
  direction: 'none',
  ...facts,
})
