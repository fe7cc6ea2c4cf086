/** Owns: the calls that replay a recording: what would be said, saying it to a server, answering it to clients. */
import type { Handlers } from '#shared/rpc/types.ts'
import type { Dialogue } from '../dialogue/index.ts'
import { previewOf, readRecording } from '../replay/recording.ts'
import type { ReplayServers } from '../replay/replayServers.ts'
import { startReplay } from '../replay/startClient.ts'
import type { Parts } from './parts.ts'
import type { Running } from './running.ts'

type Given = Pick<Parts, 'ports' | 'hub' | 'store'>

export function replayHandlers(
  given: Given,
  running: Running<Dialogue>,
  servers: ReplayServers,
): Pick<Handlers, Extract<keyof Handlers, `replay.${string}`>> {
  const { ports, hub, store } = given
  return {
    'replay.preview': async ({ session }) => previewOf(await readRecording(given, session)),
    'replay.client': async (plan) => {
      const recording = await readRecording(given, plan.session)
      // Reading takes its time, in which the engine may have been stopped, or others have started.
      const full = running.full()
      if (full !== null) return { ok: false, problems: [{ field: 'request', value: '', message: full }] }
      const openContent = (session: string, body: number) => store.openContent(session, body)
      const started = startReplay(plan, recording, {
        hub,
        store,
        clock: ports.clock,
        log: ports.log,
        openContent,
      })
      if (!started.ok) return started
      running.add(started.session, started, started.result)
      return { ok: true, session: started.session }
    },
    'replay.server': async ({ session, listener, pace }) => {
      const recording = await readRecording(given, session)
      return servers.open(recording, { ...listener, pace })
    },
    'replay.stop': async ({ id }) => ({ stopped: await servers.stop(id) }),
    'replay.list': () => ({ replays: servers.list() }),
    'replay.changes': () => servers.changes,
  }
}
