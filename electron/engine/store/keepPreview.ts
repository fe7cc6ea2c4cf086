/** Owns: asking for a preview of the keep rules stretch by stretch, so that commits get their turns between them. */
import { noTally, type WalkState } from './keepWalk.ts'
import type { KeepPreview } from './types.ts'
import type { ReadResults } from './wireTypes.ts'

/** `ask`: one stretch behind `from`, or from the oldest row on. */
export async function previewKeep(
  ask: (from: WalkState | null) => Promise<ReadResults['previewKeep']>,
): Promise<KeepPreview> {
  let would = noTally
  let until: string | undefined
  for (let from: WalkState | null = null; ;) {
    const step: ReadResults['previewKeep'] = await ask(from)
    would = {
      messages: would.messages + step.would.messages,
      sessions: would.sessions + step.would.sessions,
      octets: would.octets + step.would.octets,
    }
    until = step.until ?? until
    if (step.state.done) return { would, now: step.now, ...(until === undefined ? {} : { until }) }
    from = step.state
  }
}
