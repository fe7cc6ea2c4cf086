/** Owns: starting, stopping and changing the local server, and following how it stands. */
import type { CallInput } from '#shared/rpc/contract.ts'
import type { HoldRules, ListenerConfig, ServerStatus } from '#shared/rpc/contract/server.ts'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { heldWords } from '../model/hold.ts'
import { refusals, type Refusals } from '../model/listenerDraft.ts'
import { problemWords, ruleOf, type ListenerStatus } from '../model/server.ts'
import type { Services } from './services.ts'
import { followShared } from './shared.ts'
import { wordsOf } from './transcripts.ts'
import { whenBack } from './whenBack.ts'

/** A client that begins to wait for a person is announced, wherever that person is. */
function take({ stores }: Services, status: ServerStatus): void {
  const before = new Set(stores.server.getState().status?.held)
  const held = status.held ?? []
  if (held.some((session) => !before.has(session)))
    stores.view.getState().set({ announcement: heldWords(held) })
  stores.server.getState().set({ status })
}

/** Asks how the server stands and follows every change while anybody wants it. Answers with the way to stop. */
export const followServer = (services: Services): (() => void) =>
  followShared(services.client, 'server', () => {
    const { set } = services.stores.server.getState()
    const changes = services.client.stream(
      'server.changes',
      {},
      {
        batch: ({ events }) => {
          const status = events.at(-1)
          if (status) take(services, status)
        },
        closed: () => {},
      },
    )
    const ask = () =>
      void services.client.call('server.status', {}).then(
        (status) => set({ status }),
        (error: unknown) => set({ problems: [wordsOf(error)] }),
      )
    ask()
    const stopAsking = whenBack(services, () => {
      // What was told while there was no connection is not so any more.
      set({ problems: [] })
      ask()
    })
    return () => {
      stopAsking()
      changes.close()
    }
  })

/** What keeps one listener from its port stands on its card: it is announced, and the rest is shown above all cards. */
function tell(
  { stores }: Pick<Services, 'stores'>,
  status: ServerStatus,
  problems: readonly FieldProblem[],
): void {
  const onCards = problems.filter(({ field }) => /^listeners\[\d+\]$/.test(field))
  const others = problems.filter((problem) => !onCards.includes(problem))
  stores.server.getState().set({ status, problems: problemWords(others) })
  if (onCards.length > 0) stores.view.getState().set({ announcement: problemWords(onCards).join(' ') })
}

/** Does one change; `true` when it was made. What was wrong goes to the store. */
async function change(
  { stores }: Services,
  work: () => Promise<{ status: ServerStatus; problems: readonly FieldProblem[] }>,
): Promise<boolean> {
  const { set } = stores.server.getState()
  set({ busy: true, problems: [] })
  try {
    const { status, problems } = await work()
    tell({ stores }, status, problems)
    return problems.length === 0
  } catch (error) {
    set({ problems: [wordsOf(error)] })
    return false
  } finally {
    set({ busy: false })
  }
}

/** Starts with the saved rules. */
export const startServer = (services: Services): Promise<boolean> =>
  change(services, () => services.client.call('server.start', {}))

export const stopServer = (services: Services): Promise<boolean> =>
  change(services, async () => ({ status: await services.client.call('server.stop', {}), problems: [] }))

/** Holds clients that come from now on, or no more of them. Never saved. */
export const holdClients = (services: Services, rules: HoldRules): Promise<boolean> =>
  change(services, () => services.client.call('server.hold', rules))

/** Changes and saves rules; what is not named stays. A user without a password keeps the saved one. */
export const configureServer = (services: Services, rules: CallInput<'server.configure'>): Promise<boolean> =>
  change(services, () => services.client.call('server.configure', rules))

/**
 * Saves all listeners; `place` is the one that was edited. What is wrong with its fields comes back and is shown there;
 * when nothing was refused it is saved, and what then keeps a listener from its port stands on its card.
 */
export async function saveListeners(
  services: Services,
  listeners: readonly ListenerConfig[],
  place: number,
): Promise<Refusals> {
  const { set } = services.stores.server.getState()
  set({ busy: true, problems: [] })
  try {
    const { status, problems } = await services.client.call('server.configure', { listeners: [...listeners] })
    const answer = refusals(problems, place)
    tell(services, status, answer.saved ? problems : [])
    return answer
  } catch (error) {
    return { fields: {}, elsewhere: [wordsOf(error)], saved: false }
  } finally {
    set({ busy: false })
  }
}

/** Changes one of all listeners, by its place, from its card; null takes it away. What is wrong stands among the server's problems. */
export async function changeListener(
  services: Services,
  all: readonly ListenerStatus[],
  place: number,
  to: Partial<ListenerStatus> | null,
): Promise<void> {
  const listeners = all.flatMap((one, at) => {
    if (at !== place) return [ruleOf(one)]
    return to === null ? [] : [ruleOf({ ...one, ...to })]
  })
  const { fields, elsewhere } = await saveListeners(services, listeners, place)
  const words = [...Object.values(fields), ...elsewhere].filter((one) => one !== undefined)
  if (words.length > 0) services.stores.server.getState().set({ problems: words })
}
