/** Owns: sending the form: checking it, asking for consent, starting the dialogue and waiting for what comes of it. */
import {
  buildRequest,
  needsConsent,
  problemsByField,
  returnAddress,
  type FormProblems,
} from '../model/composeRequest.ts'
import { act } from './dialogue.ts'
import { goTo } from './route.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

/**
 * Starts a dialogue with what stands in the form. A secret that would certainly go in clear is asked about first, unless
 * `consented`: that counts for this one send. Problems go to the store, field by field.
 */
export async function send(services: Services, { consented = false } = {}): Promise<void> {
  const { compose, connection } = services.stores
  const { draft, password, starting, set, setProblems } = compose.getState()
  if (starting) return
  const localCa = connection.getState().info?.caPem
  const built = buildRequest({ draft, password, allowUnprotected: consented, localCa })
  if (!built.ok) return setProblems(problemsByField(built.problems))
  if (!consented && needsConsent({ draft, password })) return set({ consent: 'clear' })
  set({ consent: null, starting: true })
  try {
    const answer = await services.client.call('dialogue.start', built.request)
    if (!answer.ok) return setProblems(problemsByField(answer.problems))
    compose.getState().setProblems({})
    const { session } = answer
    set({ run: { session, result: null, from: returnAddress(draft.from) } })
    if (draft.step) goTo({ room: 'dialogue', id: session })
    void awaitResult(services, session)
  } catch (error) {
    setProblems(notStarted(error))
  } finally {
    set({ starting: false })
  }
}

const notStarted = (error: unknown): FormProblems => ({ form: `Nothing was sent. ${wordsOf(error)}` })

/** Waits until the session is over. A later send takes the place of an earlier one. */
async function awaitResult({ client, stores }: Services, session: string): Promise<void> {
  const isCurrent = () => stores.compose.getState().run?.session === session
  try {
    const result = await client.call('dialogue.result', { session })
    const { run, set } = stores.compose.getState()
    if (run?.session === session) set({ run: { ...run, result } })
  } catch (error) {
    if (isCurrent())
      stores.compose.getState().setProblems({
        form: `How it ended was not heard. ${wordsOf(error)} The dialogue itself is recorded.`,
      })
  }
}

/** Ends the running send at once: the connection is closed without a word. */
export const stopSending = (services: Services, session: string): Promise<string | undefined> =>
  act(services, session, { type: 'drop' })
