/** Owns: the beginning of a dialogue as client, whatever speaks in it: its record, its gate, and what its caller holds of it. */
import type { DialoguePlan, DialogueResult, GateAction, GateState } from '#shared/rpc/contract/dialogue.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { Hub } from '#engine/transcripts/types.ts'
import { Gate, type ActAnswer } from './gate.ts'
import { Journal } from './journal.ts'

export interface Dialogue {
  session: string
  gate: StreamSource<GateState>
  act(action: GateAction): ActAnswer
  /** Resolves when the transcript is complete. Rejects only for a defect of this program. */
  result: Promise<DialogueResult>
  cancel(): void
}

export interface Beginning {
  hub: Pick<Hub, 'begin'>
  head: Omit<Parameters<Hub['begin']>[0], 'role'>
  hold: Pick<DialoguePlan, 'step' | 'breakpoints' | 'delay'>
  /** Masked wherever they would stand in the record. */
  secrets: readonly string[]
  /** Said at the head of the transcript. */
  remarks: readonly string[]
}

export interface Running {
  journal: Journal
  gate: Gate
  signal: AbortSignal
}

/** Begins the record and lets `run` speak at the gate. */
export function beginDialogue(
  { hub, head, hold: { step, breakpoints, delay }, secrets, remarks }: Beginning,
  run: (running: Running) => Promise<DialogueResult>,
): Dialogue {
  const recorder = hub.begin({ ...head, role: 'client' })
  for (const secret of secrets) recorder.conceal(secret)
  const journal = new Journal(recorder)
  for (const text of remarks)
    journal.write({ kind: 'remark', phase: 'other', direction: 'none', text, understood: true })
  const gate = new Gate({ step, breakpoints, delay, journal })
  const abort = new AbortController()
  const result = run({ journal, gate, signal: abort.signal })
  // Whoever waits for it hears of a failure; nobody has to wait.
  result.catch(() => {})
  return {
    session: recorder.session,
    gate: gate.states,
    act: (action) => {
      if ((action.type !== 'drop' && action.type !== 'reset') || gate.opened) return gate.act(action)
      // While it is being dialled nothing can be dropped yet: it is called off.
      abort.abort()
      return { ok: true }
    },
    result,
    cancel: () => abort.abort(),
  }
}
