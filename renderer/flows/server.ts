/** Owns: starting, stopping and changing the local server, and following how it stands. */
import type { CallInput } from '#shared/rpc/contract.ts'
import type { HoldRules, ServerStatus } from '#shared/rpc/contract/server.ts'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { heldWords } from '../model/hold.ts'
import { problemWords } from '../model/server.ts'
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

/** Does one change; `true` when it was made. What was wrong goes to the store. */
async function change(
  { stores }: Services,
  work: () => Promise<{ status: ServerStatus; problems: readonly FieldProblem[] }>,
): Promise<boolean> {
  const { set } = stores.server.getState()
  set({ busy: true, problems: [] })
  try {
    const { status, problems } = await work()
    set({ status, problems: problemWords(problems) })
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
