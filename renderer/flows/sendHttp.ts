/** Owns: sending the form by an HTTP API: checking it, asking for consent, the request, and waiting for its answer. */
import { asDialogueResult, buildHttpRequest, keyConsent } from '../model/composeHttp.ts'
import type { Draft } from '../model/compose.ts'
import { problemsByField, type FormProblems } from '../model/composeFields.ts'
import { bounceAddress } from '../model/composeRequest.ts'
import { readFiles } from './sendFiles.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

/** Starts it, or gives what is wrong with the form. Nothing is sent while a person is asked. */
export async function beginHttp(
  services: Services,
  draft: Draft,
  consented: boolean,
): Promise<FormProblems | null> {
  const { client, stores } = services
  const { compose, connection, profiles } = stores
  const { secrets, set, setProblems } = compose.getState()
  const { files, problems } = await readFiles(services)
  const built = buildHttpRequest({ draft, secrets, files, allowUnprotected: consented, localCa: connection.getState().info?.caPem }) // prettier-ignore
  if (!built.ok) return problemsByField([...problems, ...built.problems])
  if (problems.length > 0) return problemsByField(problems)
  const consent = consented ? null : keyConsent(draft, secrets.apiKey)
  set({ consent, asked: 'send' })
  if (consent !== null) return null
  profiles.getState().set({ notice: '' })
  const answer = await client.call('httpSend.start', built.request)
  if (!answer.ok) return problemsByField(answer.problems)
  const { session } = answer
  setProblems({})
  set({ run: { session, result: null, from: bounceAddress(draft), draft }, repeats: [] })
  void awaitAnswer(services, session)
  return null
}

/** A later send takes the place of an earlier one. */
async function awaitAnswer({ client, stores }: Services, session: string): Promise<void> {
  const { compose } = stores
  const current = () => (compose.getState().run?.session === session ? compose.getState().run : null)
  try {
    const http = await client.call('httpSend.result', { session })
    const run = current()
    if (run) compose.getState().set({ run: { ...run, http, result: asDialogueResult(http) } })
  } catch (error) {
    if (!current()) return
    const form = `How it ended was not heard. ${wordsOf(error)} The dialogue itself is recorded.`
    compose.getState().setProblems({ form })
  }
}

/** Ends the request that is under way. Undefined when it was told, else why not. */
export async function stopHttp({ client }: Services, session: string): Promise<string | undefined> {
  try {
    await client.call('httpSend.cancel', { session })
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}
