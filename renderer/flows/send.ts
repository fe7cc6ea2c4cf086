/** Owns: sending the form: checking it, asking for consent, starting the dialogue and waiting for what comes of it. */
import type { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { Draft } from '../model/compose.ts'
import { firstProblem, problemsByField, sheetOf, tabOf, type FormProblems } from '../model/composeFields.ts'
import { bounceAddress, buildRequest, needsConsent, type Purpose } from '../model/composeRequest.ts'
import { currentOf } from '../stores/profiles.ts'
import { act } from './dialogue.ts'
import { goTo } from './route.ts'
import { beginHttp } from './sendHttp.ts'
import { readFiles } from './sendFiles.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

/** The profile whose kept secrets go along; null where the form is none. */
export function profileOf({ stores }: Services): { id: string; password: boolean } | null {
  const profile = currentOf(stores.profiles.getState())
  return profile ? { id: profile.id, password: profile.kept.includes('password') } : null
}

/** Problems go to their fields; the tab or sheet of the first one opens, so that focus can go there. */
export function showProblems({ stores }: Services, problems: FormProblems): void {
  const { set, setProblems } = stores.compose.getState()
  const first = firstProblem(problems)
  const tab = first && tabOf(first)
  set({ sheet: first ? sheetOf(first) : null, ...(tab ? { tab } : {}) })
  setProblems(problems)
}

export interface SendOptions {
  consented?: boolean
  purpose?: Purpose
  /** Instead of what stands in the form. */
  draft?: Draft
}

type Request = { ok: true; request: DialogueRequest } | { ok: false; problems: FieldProblem[] }

/** The request that a form makes, with its files read. */
export async function requestOf(
  services: Services,
  draft: Draft,
  { consented = false, purpose = 'send' }: SendOptions = {},
): Promise<Request> {
  const { compose, connection } = services.stores
  const { password, secrets } = compose.getState()
  const { files, problems } = await readFiles(services)
  const built = buildRequest({
    draft,
    password,
    secrets,
    files,
    purpose,
    allowUnprotected: consented,
    localCa: connection.getState().info?.caPem,
    profile: profileOf(services),
  })
  if (!built.ok) return { ok: false, problems: [...problems, ...built.problems] }
  return problems.length > 0 ? { ok: false, problems } : built
}

/**
 * Starts a dialogue with what stands in the form. A secret that would certainly go in clear is asked about first, unless
 * `consented`: that counts for this one send. Problems go to the store, field by field.
 */
export async function send(services: Services, options: SendOptions = {}): Promise<void> {
  const { compose } = services.stores
  const { starting, set } = compose.getState()
  const draft = options.draft ?? compose.getState().draft
  if (starting) return
  set({ starting: true })
  try {
    await begin(services, draft, options)
  } catch (error) {
    showProblems(services, notStarted(error))
  } finally {
    set({ starting: false })
  }
}

async function begin(services: Services, draft: Draft, options: SendOptions): Promise<void> {
  const { consented = false, purpose = 'send' } = options
  const { password, set, setProblems } = services.stores.compose.getState()
  if (draft.way === 'http') {
    const problems = await beginHttp(services, draft, consented)
    return problems === null ? undefined : showProblems(services, problems)
  }
  const built = await requestOf(services, draft, options)
  const show = (problems: FieldProblem[]) => showProblems(services, problemsByField(problems, draft))
  if (!built.ok) return show(built.problems)
  if (!consented && needsConsent({ draft, password, profile: profileOf(services) }))
    return set({ consent: 'clear', asked: purpose })
  set({ consent: null, asked: purpose })
  services.stores.profiles.getState().set({ notice: '' })
  const answer = await services.client.call('dialogue.start', built.request)
  if (!answer.ok) return show(answer.problems)
  setProblems({})
  const { session } = answer
  set({ run: { session, result: null, from: bounceAddress(draft), purpose, draft }, repeats: [] })
  if (draft.step) goTo({ room: 'dialogue', id: session })
  void awaitResult(services, session)
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
