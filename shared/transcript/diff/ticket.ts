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
  const [left, right] = sides.map((side, at): TicketSide => {
    const { head, events } = recorded[at]!
    const hidden = new Map(given[at]!.events.map((event, index) => [event, events[index]!]))
    return { ...side, head, steps: hiddenSteps(side.steps, hidden) }
  }) as [TicketSide, TicketSide]
  const diff = yield* diffingSteps(left, right)
  return { text: toMarkdown(diff, nameOf(left.head), nameOf(right.head)), replaced }
}

/** What the steps hold of the events; content is only counted. */
const eventsOf = ({ steps }: Steps): TranscriptEvent[] =>
  steps
    .flatMap(({ command, event, reply, findings }) => [command, event, reply, ...findings])
    .filter((event) => event !== undefined)

function hiddenSteps(given: Steps, hidden: ReadonlyMap<TranscriptEvent, TranscriptEvent>): Steps {
  const of = <E extends TranscriptEvent>(event: E | undefined): E | undefined =>
    event && (hidden.get(event) as E | undefined)
  const steps = given.steps.map((step): Step => {
    const command = of(step.command)
    const { verb, key, address } = command === undefined ? step : commandStep(command)
    const same = step.kind === 'rest' || command === undefined
    return {
      ...step,
      ...(same ? {} : { verb, key, address: step.address === '' ? '' : address }),
      command,
      event: of(step.event),
      reply: of(step.reply),
      findings: step.findings.flatMap((finding) => of(finding) ?? []),
    }
  })
  return { steps, timed: given.timed, roundTrip: given.roundTrip }
}
