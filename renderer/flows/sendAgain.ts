/** Owns: sending once more: with a change, on the other ports of the host one after the other, or to the local server first. */
import { atListener, portNumber, withPort, type Draft } from '../model/compose.ts'
import { httpFieldToEdit } from '../model/composeHttp.ts'
import { fieldToEdit, otherPorts } from '../model/composeNext.ts'
import { needsConsent } from '../model/composeRequest.ts'
import { clientTls, mainListener, portOf } from '../model/server.ts'
import { profileOf, requestOf, send } from './send.ts'
import { sheetOf, tabOf } from '../model/composeFields.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

/** The form as it was sent, with the focus where the findings point. */
export function editAgain({ stores }: Services): void {
  const { run, change, set } = stores.compose.getState()
  if (!run) return
  if (run.draft) change(run.draft)
  const field = run.http ? httpFieldToEdit(run.http) : run.result ? fieldToEdit(run.result) : 'subject'
  const tab = tabOf(field)
  set({ editing: field, sheet: sheetOf(field), ...(tab ? { tab } : {}) })
}

/** The form on another port with the encryption that belongs to it. */
export const onPort = (draft: Draft, port: number): Draft =>
  withPort({ ...draft, tlsChosen: false, step: false }, port === 465 || port === 587 || port === 2525 ? { portChoice: `${port}` } : { portChoice: 'other', otherPort: String(port) }) // prettier-ignore

/** The ports on which what was sent last can be repeated. */
export const repeatPorts = (draft: Draft): number[] => otherPorts(portNumber(draft) ?? 0)

/** Sends what was sent last on the other ports, one after the other. Each is a dialogue of its own. */
export async function repeatElsewhere(services: Services): Promise<void> {
  const { compose } = services.stores
  const { run, repeating, set } = compose.getState()
  if (repeating || !run?.draft) return
  const { draft } = run
  set({ repeating: true, repeats: [] })
  try {
    for (const port of repeatPorts(draft)) {
      if (compose.getState().run !== run) return
      await repeatOn(services, onPort(draft, port), port)
    }
  } finally {
    set({ repeating: false })
  }
}

async function repeatOn(services: Services, draft: Draft, port: number): Promise<void> {
  const { compose } = services.stores
  const put = (change: { session?: string; problem?: string; result?: null }) =>
    compose.getState().set({
      repeats: [...compose.getState().repeats, { port, session: '', problem: '', result: null, ...change }],
    })
  try {
    const purpose = compose.getState().run?.purpose ?? 'send'
    const { password } = compose.getState()
    // A repetition never asks: what would need consent is left alone.
    if (needsConsent({ draft, password, profile: profileOf(services) }))
      return put({ problem: 'The password would go in clear.' })
    const built = await requestOf(services, draft, { purpose })
    if (!built.ok) return put({ problem: built.problems.map(({ message }) => message).join(' ') })
    const answer = await services.client.call('dialogue.start', built.request)
    if (!answer.ok) return put({ problem: answer.problems.map(({ message }) => message).join(' ') })
    put({ session: answer.session })
    const result = await services.client.call('dialogue.result', { session: answer.session })
    const { repeats, set } = compose.getState()
    set({ repeats: repeats.map((one) => (one.session === answer.session ? { ...one, result } : one)) })
  } catch (error) {
    put({ problem: wordsOf(error) })
  }
}

/** The form aimed at the local server, without signing in: a secret of another server is none of its business. */
export function localDraft({ stores }: Services, draft: Draft): Draft | null {
  const listener = mainListener(stores.server.getState().status)
  if (!listener) return null
  return {
    ...atListener(draft, portOf(listener), clientTls(listener.tls)),
    mechanism: 'none',
    certificate: 'check',
  }
}

/** The same message to the local server; the form itself keeps its server. */
export async function sendToLocal(services: Services): Promise<void> {
  const { compose, view } = services.stores
  const { draft, run } = compose.getState()
  const local = localDraft(services, run?.draft ?? draft)
  if (!local) return view.getState().set({ notice: 'The local server is off. Start it in its room first.' })
  await send(services, { draft: local })
}
