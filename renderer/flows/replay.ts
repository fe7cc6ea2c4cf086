/** Owns: replaying a recording: looking at what would be said, starting it, following and stopping the ports that answer. */
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { CallInput } from '#shared/rpc/contract.ts'
import { goTo } from './route.ts'
import type { Services } from './services.ts'
import { followShared } from './shared.ts'
import { wordsOf } from './transcripts.ts'

type ClientPlan = Omit<CallInput<'replay.client'>, 'session'>
type ServerPlan = Omit<CallInput<'replay.server'>, 'session'>

/** Opens the dialog and asks what a replay would do. An answer for another recording is dropped. */
export async function openReplay({ client, stores }: Services, session: string): Promise<void> {
  const { set } = stores.replay.getState()
  set({ session, preview: null, problems: [], busy: false })
  const isLate = () => stores.replay.getState().session !== session
  try {
    const preview = await client.call('replay.preview', { session })
    if (!isLate()) set({ preview })
  } catch (error) {
    if (!isLate()) set({ problems: [whole(wordsOf(error))] })
  }
}

export const closeReplay = ({ stores }: Services): void =>
  stores.replay.getState().set({ session: null, preview: null, problems: [] })

const whole = (message: string): FieldProblem => ({ field: '', value: '', message })

async function attempt(
  { stores }: Services,
  work: (session: string) => Promise<readonly FieldProblem[]>,
): Promise<boolean> {
  const { session, set } = stores.replay.getState()
  if (session === null) return false
  set({ busy: true, problems: [] })
  try {
    const problems = await work(session)
    set({ problems })
    return problems.length === 0
  } catch (error) {
    set({ problems: [whole(wordsOf(error))] })
    return false
  } finally {
    set({ busy: false })
  }
}

/** Sends the client side to the given server and leads to the new dialogue; problems go to the store. */
export const replayToServer = (services: Services, plan: ClientPlan): Promise<boolean> =>
  attempt(services, async (session) => {
    const started = await services.client.call('replay.client', { ...plan, session })
    if (!started.ok) return started.problems
    closeReplay(services)
    goTo({ room: 'dialogue', id: started.session })
    return []
  })

/** Answers as recorded on a port of this computer until it is stopped. */
export const replayOnPort = (services: Services, plan: ServerPlan): Promise<boolean> =>
  attempt(services, async (session) => {
    const opened = await services.client.call('replay.server', { ...plan, session })
    if (!opened.ok) return opened.problems
    const { running, set } = services.stores.replay.getState()
    set({ running: [...running.filter(({ id }) => id !== opened.replay.id), opened.replay] })
    return []
  })

export async function stopReplay({ client, stores }: Services, id: string): Promise<void> {
  const { running, set } = stores.replay.getState()
  try {
    await client.call('replay.stop', { id })
    set({ running: running.filter((one) => one.id !== id) })
  } catch (error) {
    set({ problems: [whole(wordsOf(error))] })
  }
}

/** Follows the ports that answer as recorded while anybody wants it. Answers with the way to stop. */
export const followReplays = (services: Services): (() => void) =>
  followShared(services.client, 'replays', () => {
    const { set } = services.stores.replay.getState()
    const changes = services.client.stream('replay.changes', {}, {
      batch: ({ events }) => {
        const last = events.at(-1)
        if (last) set({ running: last.replays })
      },
      closed: () => {},
    }) // prettier-ignore
    services.client.call('replay.list', {}).then(
      ({ replays }) => set({ running: replays }),
      () => {},
    )
    return () => changes.close()
  })
