/** Owns: turning a machine's notes and findings into transcript events. */
import { toByteString } from '#shared/bytes/bytes.ts'
import type { Note, Range, Shown } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'

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
  switch (note.kind) {
    case 'line': {
      const { shown, ...rest } = note
      return { ...seal, ...defined(rest), ...wire(shown) }
    }
    case 'reply': {
      const { shown, ...rest } = note
      return { ...seal, ...defined(rest), ...wire(shown) }
    }
    case 'chunk':
      return { ...seal, ...note, phase: 'body' }
    case 'finding':
      return { ...note, direction: 'none', confidence: 'certain', evidence: [Math.max(1, evidence)] }
  }
}

/** Without the keys whose value is undefined: an event has a key or it has not. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
