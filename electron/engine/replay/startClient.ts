/** Owns: replaying a recorded client to the server that the person names: a dialogue as any other, at the gate. */
import { DialogueRequest, type DialogueResult, type FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { ReplayClientPlan } from '#shared/rpc/contract/replay.ts'
import { createReplayClient } from '#shared/smtp/machine/replay/clientMachine.ts'
import type { ReplayClientMachine } from '#shared/smtp/machine/replay/types.ts'
import { mechanismName } from '#shared/smtp/sasl/mechanisms.ts'
import { standInsSaid } from '#shared/transcript/replay/standIns.ts'
import { beginDialogue, type Running } from '../dialogue/begin.ts'
import { checkPlan } from '../dialogue/checkPlan.ts'
import type { Dialogue, DialogueDeps, StartedDialogue } from '../dialogue/index.ts'
import { lookupOf } from '../dialogue/lookupOf.ts'
import { authOptions, literalName, replyTimeouts, signsIn as givesIdentity } from '../dialogue/options.ts'
import { describeResult } from '../dialogue/result.ts'
import { secretForms } from '../dialogue/secrets.ts'
import { hideInSentence, hideText } from '../transcripts/conceal.ts'
import { runSession } from '../dialogue/session.ts'
import { patienceFor } from '../dialogue/silence.ts'
import { recordedContent } from './recordedContent.ts'
import type { Recording, RecordingDeps } from './recording.ts'

export type ReplayDeps = Omit<DialogueDeps, 'compose'> & { store: RecordingDeps['store'] }

/** Starts it, or says field by field what is wrong. Nothing is dialled for a plan with problems. */
export function startReplay(plan: ReplayClientPlan, recording: Recording, deps: ReplayDeps): StartedDialogue {
  const problems = problemsOf(plan, recording)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, ...begin(plan, recording, deps) }
}

function problemsOf(plan: ReplayClientPlan, { client, problem }: Recording): FieldProblem[] {
  if (problem !== null) return [{ field: 'session', value: '', message: problem }]
  const auth = plan.auth ?? { mechanism: 'none' as const }
  const found = checkPlan(DialogueRequest.parse({ target: plan.target, auth }))
  const exchanges = client.steps.flatMap((step) => (step.kind === 'auth' ? [step.mechanism] : []))
  if (!signsIn(plan)) return found
  if (exchanges.length === 0) {
    const message = 'The recorded client does not sign in: leave the user out, or send a message of your own.'
    found.push({ field: 'auth.user', value: plan.auth?.user ?? '', message })
  }
  const unknown = exchanges.find((name) => mechanismName(name) === null)
  if (plan.auth?.mechanism === 'auto' && unknown !== undefined) {
    const message = `The recording signs in by ${unknown}, which is not known here: choose a mechanism that the server offers.`
    found.push({ field: 'auth.mechanism', value: unknown, message })
  }
  return found
}

const signsIn = ({ auth }: ReplayClientPlan): boolean =>
  auth !== undefined && auth.mechanism !== 'none' && givesIdentity({ auth })

function begin(plan: ReplayClientPlan, recording: Recording, deps: ReplayDeps): Dialogue {
  const { host, port, tls } = plan.target
  const { head } = recording
  const title = `Replay of ${head.title ?? `${head.host}:${head.port}`}`
  const secrets = secretForms(plan.auth?.user ?? '', plan.auth?.password ?? '')
  const of = { source: 'send', host, port, tls, title, replayOf: head.id } as const
  const remarks = standInsSaid(recording.client)
  return beginDialogue({ hub: deps.hub, head: of, hold: plan, secrets, remarks }, (running) =>
    run({ plan, recording, deps, secrets, ...running }),
  )
}

interface Speaking extends Running {
  plan: ReplayClientPlan
  recording: Recording
  deps: ReplayDeps
  secrets: readonly string[]
}

function machineFor({ plan, recording }: Speaking, local: string): ReplayClientMachine {
  const { target, auth } = plan
  const given = auth !== undefined && signsIn(plan) ? authOptions({ auth, target }) : null
  return createReplayClient({
    script: recording.client,
    tls: target.tls,
    auth: given,
    waits: plan.pace === 'recorded',
    ehloName: target.ehloName ?? literalName(local),
    timeouts: replyTimeouts(target.timeouts.reply, target.timeouts.greeting),
  })
}

async function run(speaking: Speaking): Promise<DialogueResult> {
  const { plan, recording, deps, journal, gate, secrets, signal } = speaking
  const { openContent, store } = deps
  const { greeting, reply } = plan.target.timeouts
  let machine: ReplayClientMachine | undefined
  const content = recordedContent({
    store,
    session: recording.head.id,
    wanted: () => machine?.wanted ?? null,
    open: (body) => openContent?.(journal.session, body) ?? forgetful,
  })
  const end = await runSession({
    target: plan.target,
    journal,
    gate,
    signal,
    now: () => deps.clock.now(),
    lookup: deps.lookup ?? lookupOf(plan, signal),
    patience: deps.patience ?? patienceFor(greeting ?? reply),
    createMachine: (local) => (machine = machineFor(speaking, local)),
    content: content.source,
    openKeeper: () => content.keeper,
    onDefect: (error) =>
      deps.log?.('error', 'a replay failed by a defect', { error: hideText(String(error), secrets) }),
  })
  const described = describeResult({
    session: journal.session,
    outcome: end.outcome,
    cancelled: end.cancelled,
    findings: journal.findings(),
    result: end.machine?.result(),
    sending: recording.client.steps.some(({ kind }) => kind === 'content' || kind === 'chunk'),
    times: journal.times,
    secrets,
  })
  const parted = machine?.parted
  return parted
    ? { ...described, message: `${described.message} ${hideInSentence(parted, secrets)}` }
    : described
}

/** Without a place to keep it only the size of the content is known afterwards. */
const forgetful = { append: () => true, drain: async () => {}, keep: async () => {} }
