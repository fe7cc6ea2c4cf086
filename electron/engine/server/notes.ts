/** Owns: what a machine notes, as the event that goes into the transcript. */
import { unmasked } from '#shared/smtp/grammar/mask.ts'
import { readReply } from '#shared/smtp/machine/server/replied.ts'
import type { Note, Shown } from '#shared/smtp/machine/types.ts'
import type { EventBody, EventOf, MaskedRange } from '#shared/transcript/event.ts'

/** `last` is the number of the event written before: what a finding points at. */
export function eventOfNote(note: Note, last: number): EventBody {
  if (note.kind === 'chunk') return { ...note, phase: 'body' }
  if (note.kind === 'finding') {
    const evidence = last > 0 ? [last] : []
    return { confidence: 'certain', ...note, direction: 'none', evidence }
  }
  return note.kind === 'line' ? lineOf(note) : replyOf(note)
}

/** An absent field and an undefined one are different in a file: only what is there is carried over. */
function lineOf(note: Extract<Note, { kind: 'line' }>): EventBody {
  const { kind, direction, phase, shown, verb, edited, cutFrom } = note
  return {
    kind,
    direction,
    phase,
    ...text(shown),
    ...(verb === undefined ? {} : { verb }),
    ...(edited === undefined ? {} : { edited }),
    ...(cutFrom === undefined ? {} : { cutFrom }),
  }
}

function replyOf(note: Extract<Note, { kind: 'reply' }>): EventBody {
  const { kind, direction, phase, shown, code, enhanced, malformed, edited, cutFrom } = note
  return {
    kind,
    direction,
    phase,
    ...text(shown),
    ...(code === undefined ? {} : { code }),
    ...(enhanced === undefined ? {} : { enhanced }),
    ...(malformed === undefined ? {} : { malformed }),
    ...(edited === undefined ? {} : { edited }),
    ...(cutFrom === undefined ? {} : { cutFrom }),
  }
}

/** A reply that a person said beside those of the machine. */
export function addedReply(bytes: Uint8Array): EventBody {
  const line = readReply(bytes)
  return {
    kind: 'reply',
    direction: 'to-client',
    phase: 'other',
    ...text(unmasked(bytes)),
    ...(line === null ? { malformed: 'not a reply' } : { code: line.code }),
    ...(line?.enhanced === undefined ? {} : { enhanced: line.enhanced }),
    edited: true,
    added: true,
  }
}

function text(shown: Shown): { raw: string; masked?: MaskedRange[] } {
  const { bytes, masked } = shown
  // Latin-1 is the byte string: one character per octet.
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return masked.length > 0 ? { raw, masked } : { raw }
}

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
