/** Owns: acting on a dialogue that this program holds: its gate and what a person does at it. */
import type { GateAction } from '#shared/rpc/contract/dialogue.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

/**
 * Follows the gate of a session. A session that is over, or that no driver of ours holds, has none: the stream then
 * closes and the gate is absent. Answers with the way to stop.
 */
export function watchGate({ client, stores }: Services, session: string): () => void {
  const { setGate } = stores.transcripts.getState()
  const subscription = client.stream(
    'dialogue.gate',
    { session },
    {
      batch: ({ events }) => {
        const gate = events.at(-1)
        if (gate) setGate(session, gate.mode === 'ended' ? null : gate)
      },
      closed: () => setGate(session, null),
    },
  )
  return () => {
    subscription.close()
    // Nobody hears any more how it goes on: the last state would stand for ever, over a dialogue that has ended too.
    setGate(session, null)
  }
}

/** Undefined when done, else why not, in words. */
export async function act(
  { client }: Services,
  session: string,
  action: GateAction,
): Promise<string | undefined> {
  try {
    const answer = await client.call('dialogue.act', { session, action })
    return answer.ok ? undefined : (answer.problem ?? 'That is not possible now.')
  } catch (error) {
    return wordsOf(error)
  }
}
