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
import { changeContents, contentsOf, holdsEncoded } from './content.ts'
import { changeWords } from './headers.ts'
import { changeWire } from './octets.ts'
import { Things } from './things.ts'
import type { Redacted, Redaction } from './types.ts'
import { type Visitor, walk } from './walk.ts'

export { atOnce } from '../../steps.ts'

export interface RedactedSession {
  recorded: Recorded
  replaced: Redacted
  /** What a person should know before passing it on, in sentences. */
  notes: string[]
}

const encodedNote =
  'Parts of the message content in base64 or quoted-printable, attachments above all, are kept as they are: names in them are not replaced.'

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
  const encoded = given.some(({ events }) => contentsOf(events).some(holdsEncoded))
  const recorded: Recorded[] = []
  for (const each of given) recorded.push(yield* replaced(each, things))
  return { recorded, replaced: { ...things.counts, bodies }, notes: encoded ? [encodedNote] : [] }
}

function* replaced({ head, events }: Recorded, things: Things): Generator<void, Recorded> {
  const phrases = things.phrases()
  const replace = (text: string): string => phrases.replace(text)
  const visitor: Visitor = {
    text: (text) => changeWords(text, replace),
    host: replace,
    wire: (wire, event) => changeWire(wire, replace, event.kind === 'reply'),
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
  return { head: changed, events: yield* changeContents(walked, replace) }
}
