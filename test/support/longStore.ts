/** Owns: putting a long transcript into a data folder as the engine would have written it, before a host opens it. */
import { openStore } from '#engine/store/client.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { beginSummary, foldSummary, summaryOf } from '#shared/transcript/summarize.ts'
import { longHead, longTranscript } from './longTranscript.ts'

/** Events in one write: the hub's are as large at most. */
const together = 2000

/** Answers with the number of events written under `session`. */
export async function storeLongTranscript(folder: string, session: string, events: number): Promise<number> {
  const store = await openStore({ folder })
  const state = beginSummary(longHead(session))
  let part: TranscriptEvent[] = []
  try {
    for (const event of longTranscript(session, events)) {
      foldSummary(state, event)
      part.push(event)
      if (part.length < together) continue
      // In order, and one part in memory at a time.
      await store.putTranscript(summaryOf(state), part)
      part = []
    }
    await store.putTranscript(summaryOf(state), part)
  } finally {
    await store.close()
  }
  return state.events
}
