/**
 * Owns: hiding what a person chose to hide in a recorded session. Pure. The result is a session like any other: a reply
 * stays a reply, a command a command, masks stay masks, and the same thing has the same stand-in everywhere.
 */
import { atOnce } from '../../steps.ts'
import type { SessionSummary, TranscriptEvent } from '../event.ts'
import type { Recorded } from '../export/types.ts'
import { withoutBodies } from './bodies.ts'
import { redactCertificate } from './certificates.ts'
import { collect } from './collect.ts'
import { changeContents } from './content.ts'
import { changeText } from './hiddenText.ts'
import { changeWire } from './octets.ts'
import type { Phrases } from './phrases.ts'
import { Things } from './things.ts'
import type { Redacted, Redaction } from './types.ts'
import { collectUsers } from './users.ts'
import { type Visitor, walk } from './walk.ts'

export { atOnce } from '../../steps.ts'

export interface RedactedSession {
  recorded: Recorded
  replaced: Redacted
  /** What a person should know before passing it on, in sentences. */
  notes: string[]
}

const leftOutNote = (parts: number): string =>
  parts === 1
    ? 'One part of the message content is left out, because it is no text that names could be found in.'
    : `${parts.toLocaleString('en-US')} parts of the message content are left out, attachments above all, because they are no text that names could be found in.`

export interface RedactedTogether extends Omit<RedactedSession, 'recorded'> {
  /** In the order in which they were given. */
  recorded: Recorded[]
}

/** One session at once. Throws as `redactingTogether` does. */
export const redact = (recorded: Recorded, choice: Redaction): RedactedSession =>
  atOnce(redacting(recorded, choice))

/** One session in steps. Throws as `redactingTogether` does. */
export function* redacting(recorded: Recorded, choice: Redaction): Generator<void, RedactedSession> {
  const { recorded: all, ...rest } = yield* redactingTogether([recorded], choice)
  return { ...rest, recorded: all[0]! }
}

/**
 * Several sessions that are read side by side: the same thing has the same stand-in in all of them. In steps of some
 * milliseconds each, because the largest session takes seconds. Throws CannotRedact rather than leave something in that was
 * to be hidden.
 */
export function* redactingTogether(
  all: readonly Recorded[],
  choice: Redaction,
): Generator<void, RedactedTogether> {
  let bodies = 0
  const given = all.map((recorded): Recorded => {
    if (!choice.bodies) return recorded
    const cut = withoutBodies(recorded.events)
    bodies += cut.bodies
    return { head: recorded.head, events: cut.events }
  })
  if (!choice.addresses && !choice.names)
    return { recorded: given, replaced: { addresses: 0, names: 0, bodies }, notes: [] }
  const things = new Things(choice)
  for (const recorded of given) yield* collect(recorded, things)
  for (const recorded of given) yield* collectUsers(recorded, things)
  const phrases = things.phrases()
  const recorded: Recorded[] = []
  let leftOut = 0
  for (const each of given) {
    const own = yield* replaced(each, things, phrases)
    recorded.push(own.recorded)
    leftOut += own.leftOut
  }
  return {
    recorded,
    replaced: { ...things.counts, bodies },
    notes: leftOut > 0 ? [leftOutNote(leftOut)] : [],
  }
}

function* replaced(
  { head, events }: Recorded,
  things: Things,
  phrases: Phrases,
): Generator<void, { recorded: Recorded; leftOut: number }> {
  const replace = (text: string): string => phrases.replace(text)
  const visitor: Visitor = {
    text: (text) => changeText(text, replace),
    host: replace,
    wire: (wire, event) => changeWire(wire, replace, event.kind === 'reply', true),
    certificate: (certificate) => redactCertificate(certificate, things, replace),
  }
  const id = replace(head.id)
  const own = (event: TranscriptEvent): TranscriptEvent => ({ ...walk(event, visitor), session: id })
  const changed: SessionSummary = { ...head, id, host: replace(head.host), words: replace(head.words) }
  if (head.title !== undefined) changed.title = replace(head.title)
  const walked: TranscriptEvent[] = []
  for (const event of events) {
    walked.push(own(event))
    yield
  }
  const contents = yield* changeContents(walked, replace)
  return { recorded: { head: changed, events: contents.events }, leftOut: contents.leftOut }
}
