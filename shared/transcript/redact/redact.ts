/** Owns: hiding what a person chose to hide in a recorded session. Pure. */
import type { Recorded } from '../export/types.ts'
import { withoutBodies } from './bodies.ts'
import { CannotRedact } from './cannotRedact.ts'
import type { Redacted, Redaction } from './types.ts'

export interface RedactedSession {
  recorded: Recorded
  replaced: Redacted
  /** What a person should know before passing it on, in sentences. */
  notes: string[]
}

/** Throws CannotRedact rather than leave something in that was to be hidden. */
export function redact(recorded: Recorded, choice: Redaction): RedactedSession {
  if (choice.addresses || choice.names)
    throw new CannotRedact('addresses and names cannot be replaced yet; keep them, or do not share this.')
  const { events, bodies } = choice.bodies
    ? withoutBodies(recorded.events)
    : { events: recorded.events, bodies: 0 }
  return { recorded: { ...recorded, events }, replaced: { addresses: 0, names: 0, bodies }, notes: [] }
}
