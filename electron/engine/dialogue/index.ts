/**
 * Owns: the front door of the dialogue room. `startDialogue` checks a plan, composes its message, begins a transcript
 * and runs the session at the gate; the password stays inside the machine.
 */
import type { DialoguePlan, DialogueResult, FieldProblem, Message } from '#shared/rpc/contract/dialogue.ts'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { Clock, Log } from '#engine/ports.ts'
import type { Hub } from '#engine/transcripts/types.ts'
import { beginDialogue, type Dialogue, type Running } from './begin.ts'
import { checkDelivery } from './checkDelivery.ts'
import { checkPlan } from './checkPlan.ts'
import type { ContentKeeper, MessageSource } from './content.ts'
import { lookupOf } from './lookupOf.ts'
import { machineOptions, recipientsOf } from './options.ts'
import type { Lookup } from './resolve.ts'
import { describeResult } from './result.ts'
import { secretForms } from './secrets.ts'
import { hideText } from '../transcripts/conceal.ts'
import { runSession } from './session.ts'
import { patienceFor } from './silence.ts'

export type { Dialogue } from './begin.ts'
export { checkPlan } from './checkPlan.ts'
export type { ContentKeeper, MessageSource } from './content.ts'
export type { ActAnswer } from './gate.ts'

export interface ComposedMessage {
  ok: true
  source: MessageSource
  /** Mailboxes as MAIL and RCPT say them; absent: those of the plan. */
  envelope?: { from: string; to: string[] }
  /** What a person should know of the message; said at the head of the transcript. */
  remarks?: readonly string[]
}

export interface DialogueDeps {
  hub: Pick<Hub, 'begin'>
  clock: Clock
  log?: Log | undefined
  /** Octets of the message of a form, and whom it goes from and to; what is wrong with either. */
  compose(
    message: Message,
    given: Pick<DialoguePlan, 'envelopeFrom' | 'envelopeTo'>,
  ): Promise<ComposedMessage | { ok: false; problems: FieldProblem[] }>
  /** Where the sent content is kept beside the transcript; without it only its size is known afterwards. */
  openContent?: ((session: string, body: number) => ContentKeeper) | undefined
  /** The system's by default. */
  lookup?: Lookup | undefined
  /** Milliseconds of silence after which a plain port is asked whether it wants TLS. */
  patience?: number | undefined
}

export type StartedDialogue = ({ ok: true } & Dialogue) | { ok: false; problems: FieldProblem[] }

/** Starts a dialogue, or says field by field what is wrong with the plan. Nothing is sent for a plan with problems. */
export async function startDialogue(plan: DialoguePlan, deps: DialogueDeps): Promise<StartedDialogue> {
  const composed = plan.message ? await deps.compose(plan.message, plan) : null
  const problems = [...checkPlan(plan), ...(composed?.ok === false ? composed.problems : [])]
  if (problems.length > 0) return { ok: false, problems }
  const ready = composed?.ok ? { ...plan, ...envelopeOf(composed) } : plan
  const source = composed?.ok ? composed.source : null
  const refused = [...checkDelivery(ready, recipientsOf(ready).length), ...machineRefusal(ready, source)]
  if (refused.length > 0) return { ok: false, problems: refused }
  return { ok: true, ...begin(ready, source, composed?.ok ? (composed.remarks ?? []) : [], deps) }
}

const envelopeOf = ({ envelope }: ComposedMessage): Partial<DialoguePlan> =>
  envelope === undefined ? {} : { envelopeFrom: envelope.from, envelopeTo: envelope.to }

/** The machine prints every command once; what it can never say is told before anything is dialled. */
function machineRefusal(plan: DialoguePlan, source: MessageSource | null): FieldProblem[] {
  try {
    createClientMachine(machineOptions(plan, source, '127.0.0.1'))
    return []
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const message = hideText(error.message, secretForms(plan.auth.user, plan.auth.password))
    return [{ field: 'request', value: '', message }]
  }
}

function begin(
  plan: DialoguePlan,
  source: MessageSource | null,
  remarks: readonly string[],
  deps: DialogueDeps,
): Dialogue {
  const { host, port, tls } = plan.target
  const secrets = secretForms(plan.auth.user, plan.auth.password)
  const head = { source: plan.source, host, port, tls }
  return beginDialogue({ hub: deps.hub, head, hold: plan, secrets, remarks }, (running) =>
    run({ plan, source, deps, secrets, ...running }),
  )
}

interface Speaking extends Running {
  plan: DialoguePlan
  source: MessageSource | null
  deps: DialogueDeps
  secrets: readonly string[]
}

async function run(speaking: Speaking): Promise<DialogueResult> {
  const { plan, source, deps, journal, gate, secrets, signal } = speaking
  const { openContent } = deps
  const { greeting, reply } = plan.target.timeouts
  const end = await runSession({
    target: plan.target,
    journal,
    gate,
    signal,
    now: () => deps.clock.now(),
    lookup: deps.lookup ?? lookupOf(plan, signal),
    patience: deps.patience ?? patienceFor(greeting ?? reply),
    createMachine: (local) => createClientMachine(machineOptions(plan, source, local)),
    content: source,
    openKeeper: openContent ? () => openContent(journal.session, 1) : undefined,
    onDefect: (error) =>
      deps.log?.('error', 'a dialogue failed by a defect', { error: hideText(String(error), secrets) }),
  })
  return describeResult({
    session: journal.session,
    outcome: end.outcome,
    cancelled: end.cancelled,
    findings: journal.findings(),
    result: end.machine?.result(),
    recipients: source === null ? [] : recipientsOf(plan),
    sending: source !== null,
    times: journal.times,
    secrets,
  })
}
