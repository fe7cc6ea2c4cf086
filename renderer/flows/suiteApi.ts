/** Owns: switching the API for test suites and its webhooks, and following how they stand. */
import type { CallInput } from '#shared/rpc/contract.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { SuiteApiStatus } from '#shared/rpc/contract/suiteApi.ts'
import { eventsOf, type TellOf } from '../model/suiteApi.ts'
import type { Services } from './services.ts'
import { followShared } from './shared.ts'
import { wordsOf } from './transcripts.ts'
import { whenBack } from './whenBack.ts'

const aboutNothing = (error: unknown): FieldProblem[] => [{ field: '', value: '', message: wordsOf(error) }]

/** Asks how it stands and follows every change while anybody wants it. Answers with the way to stop. */
export const followSuiteApi = (services: Services): (() => void) =>
  followShared(services.client, 'suiteApi', () => {
    const { set } = services.stores.suiteApi.getState()
    const changes = services.client.stream('suiteApi.changes', {}, {
      batch: ({ events }) => {
        const status = events.at(-1)
        if (status) set({ status })
      },
      closed: () => {},
    })
    const ask = () =>
      void services.client.call('suiteApi.status', {}).then(
        (status) => set({ status, problems: [] }),
        (error: unknown) => set({ problems: aboutNothing(error) }),
      )
    ask()
    const stopAsking = whenBack(services, ask)
    return () => {
      stopAsking()
      changes.close()
    }
  }) // prettier-ignore

interface Answer {
  status: SuiteApiStatus
  problems?: readonly FieldProblem[]
}

/** Does one change; its answer when it was made, else null. What was wrong goes to the store. */
async function change<A extends Answer>({ stores }: Services, work: () => Promise<A>): Promise<A | null> {
  const { set } = stores.suiteApi.getState()
  set({ busy: true, problems: [] })
  try {
    const answer = await work()
    const problems = answer.problems ?? []
    set({ status: answer.status, problems })
    return problems.length === 0 ? answer : null
  } catch (error) {
    set({ problems: aboutNothing(error) })
    return null
  } finally {
    set({ busy: false })
  }
}

/** A token that is made is kept in the store until it is put away, also where the port was taken. */
export async function configureSuiteApi(services: Services, wanted: CallInput<'suiteApi.configure'>): Promise<boolean> {
  const done = await change(services, async () => {
    const answer = await services.client.call('suiteApi.configure', wanted)
    if (answer.token !== undefined) services.stores.suiteApi.getState().set({ token: answer.token })
    return answer
  })
  return done !== null
} // prettier-ignore

/** The one before is void from then on. */
export async function renewToken(services: Services): Promise<void> {
  const answer = await change(services, () => services.client.call('suiteApi.renewToken', {}))
  if (answer !== null) services.stores.suiteApi.getState().set({ token: answer.token })
}

export async function addWebhook(services: Services, url: string, tell: TellOf): Promise<boolean> {
  const answer = await change(services, () =>
    services.client.call('suiteApi.addWebhook', { url, events: eventsOf(tell) }),
  )
  const { id, secret } = answer ?? {}
  if (id !== undefined && secret !== undefined) {
    const { secrets, set } = services.stores.suiteApi.getState()
    set({ secrets: { ...secrets, [id]: secret } })
  }
  return answer !== null
}

export async function removeWebhook(services: Services, id: string): Promise<void> {
  const answer = await change(services, () => services.client.call('suiteApi.removeWebhook', { id }))
  // One that is still there keeps its secret: it could not be told again.
  if (answer !== null) putAwaySecret(services, id)
}

export const tryWebhook = (services: Services, id: string): Promise<unknown> =>
  change(services, () => services.client.call('suiteApi.tryWebhook', { id }))

/** What was told once is not shown any more. */
export const putAwayToken = ({ stores }: Services): void => stores.suiteApi.getState().set({ token: null })

export function putAwaySecret({ stores }: Services, id: string): void {
  const { secrets, set } = stores.suiteApi.getState()
  set({ secrets: Object.fromEntries(Object.entries(secrets).filter(([of]) => of !== id)) })
}
