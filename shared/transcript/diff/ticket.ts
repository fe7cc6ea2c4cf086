/**
 * Owns: a diff for a ticket, with what the person hides hidden: on both sides together, so that the same host has the same
 * stand-in left and right. The steps are compared again, so that no name is cut in two before it is looked for.
 */
import type { SessionSummary, TranscriptEvent } from '../event.ts'
import { redactingTogether } from '../redact/redact.ts'
import type { Redacted, Redaction } from '../redact/types.ts'
import { diffingSteps } from './diff.ts'
import { toMarkdown } from './markdown.ts'
import { commandStep } from './stepParts.ts'
import type { Side, Step, Steps } from './types.ts'

export interface TicketSide extends Side {
  head: SessionSummary
}

/** Stands for the time at which a session began, so that this is not taken for a name. */
export type NameOf = (head: SessionSummary) => string

/** In steps; Markdown, and how much was hidden. Throws CannotRedact. */
export function* ticketOf(
  sides: readonly [TicketSide, TicketSide],
  choice: Redaction,
  nameOf: NameOf,
): Generator<void, { text: string; replaced: Redacted }> {
  const given = sides.map(({ head, steps }) => ({ head, events: eventsOf(steps) }))
  const { recorded, replaced } = yield* redactingTogether(given, choice)
  const hiddenSide = (at: 0 | 1): TicketSide => {
    const { head, events } = recorded[at]!
    const hidden = new Map(given[at]!.events.map((event, index) => [event, events[index]!]))
    return { ...sides[at], head, steps: hiddenSteps(sides[at].steps, hidden) }
  }
  const [left, right] = [hiddenSide(0), hiddenSide(1)]
  const diff = yield* diffingSteps(left, right)
  return { text: toMarkdown(diff, nameOf(left.head), nameOf(right.head)), replaced }
}

/** What the steps hold of the events; content is only counted. */
const eventsOf = ({ steps }: Steps): TranscriptEvent[] =>
  steps
    .flatMap(({ command, event, reply, findings }) => [command, event, reply, ...findings])
    .filter((event) => event !== undefined)

function hiddenSteps(given: Steps, hidden: ReadonlyMap<TranscriptEvent, TranscriptEvent>): Steps {
  const of = (event: TranscriptEvent | undefined) => (event === undefined ? undefined : hidden.get(event))
  const steps = given.steps.map((step): Step => {
    const [command, event, reply] = [of(step.command), of(step.event), of(step.reply)]
    return {
      ...step,
      ...(command?.kind === 'line' ? spoken(step, command) : { command: undefined }),
      event: event !== undefined && isSingle(event) ? event : undefined,
      reply: reply?.kind === 'reply' ? reply : undefined,
      findings: step.findings.map(of).filter((finding) => finding?.kind === 'finding'),
    }
  })
  return { steps, timed: given.timed, roundTrip: given.roundTrip }
}

const isSingle = (event: TranscriptEvent): event is NonNullable<Step['event']> =>
  event.kind === 'resolve' || event.kind === 'connect' || event.kind === 'tls' || event.kind === 'end'

/** What a step says by its command; the rest of many stands for other commands too. */
function spoken(step: Step, command: NonNullable<Step['command']>): Partial<Step> {
  if (step.kind === 'rest') return { command }
  const { verb, key, address } = commandStep(command)
  return { command, verb, key, address: step.address === '' ? '' : address }
}
