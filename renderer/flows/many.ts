/** Owns: sending many messages: starting a run, following how it stands, ending it. */
import type { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { secretRisk } from '../model/composeRequest.ts'
import { type ManyProblems, readManyForm } from '../model/many.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

/** The request that the Send form makes for one message, or what is wrong with the form. */
export type Prepare = () => Promise<
  { ok: true; request: DialogueRequest } | { ok: false; problems: FieldProblem[] }
>

/** Starts a run with the numbers of its form; `consented`: a secret may be read by others, this once. Problems go to the store. */
export async function startMany(
  { client, stores }: Services,
  host: string,
  prepare: Prepare,
  consented = false,
): Promise<void> {
  const { form, starting, set } = stores.many.getState()
  if (starting) return
  const read = readManyForm(form, host)
  if (!read.ok) return set({ problems: read.problems })
  set({ starting: true, problems: {}, asks: null })
  try {
    const prepared = await prepare()
    if (!prepared.ok) return set({ problems: inWords(prepared.problems) })
    const { request } = prepared
    const asks = consented ? null : secretRisk(request)
    if (asks !== null) return set({ asks })
    const auth = { ...request.auth, ...(consented ? { allowUnprotected: true } : {}) }
    const started = await client.call('many.start', { request: { ...request, auth }, ...read.numbers })
    if (!started.ok) return set({ problems: inWords(started.problems) })
    set({ id: started.id, host, progress: null, result: null, rates: [] })
    follow({ client, stores }, started.id)
  } catch (error) {
    set({ problems: { form: `Nothing was sent. ${wordsOf(error)}` } })
  } finally {
    set({ starting: false })
  }
}

/** The fields of the message stand in the form behind: they are named here. */
function inWords(problems: readonly FieldProblem[]): ManyProblems {
  const confirm = problems.find(({ field }) => field === 'confirmedHost')
  const rest = problems.filter(({ field }) => field !== 'confirmedHost')
  const words = rest.map(({ field, message }) => `${nameOf(field)}: ${message}`).join(' ')
  return {
    ...(confirm ? { confirm: confirm.message } : {}),
    ...(words === '' ? {} : { form: `Nothing was sent. ${words}` }),
  }
}

const nameOf = (field: string): string => field.replace(/^request\./, '').replace(/^(?:message|target)\./, '')

function follow({ client, stores }: Services, id: string): void {
  const { set, told } = stores.many.getState()
  const isCurrent = (): boolean => stores.many.getState().id === id
  client.stream(
    'many.progress',
    { id },
    {
      batch: ({ events }) => {
        for (const progress of events) if (isCurrent()) told(progress)
      },
      closed: () => {
        client.call('many.result', { id }).then(
          (result) => isCurrent() && set({ result, progress: result }),
          (error: unknown) =>
            isCurrent() && set({ problems: { form: `How it ended was not heard. ${wordsOf(error)}` } }),
        )
      },
    },
  )
}

/** Ends the run politely. */
export async function stopMany({ client, stores }: Services): Promise<void> {
  const { id, set } = stores.many.getState()
  try {
    await client.call('many.cancel', { id })
  } catch (error) {
    set({ problems: { form: wordsOf(error) } })
  }
}

/** Back to the form; its numbers stay. */
export const newMany = ({ stores }: Services): void =>
  stores.many.getState().set({ id: '', progress: null, result: null, rates: [], problems: {} })
