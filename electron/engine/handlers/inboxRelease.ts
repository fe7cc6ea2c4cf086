/** Owns: the allowed hosts and the release of a message as calls. */
import type { Handlers } from '#shared/rpc/types.ts'
import type { Dialogue } from '../dialogue/index.ts'
import { release } from '../inbox/release.ts'
import type { Parts } from './parts.ts'
import type { Running } from './running.ts'

type Names = 'inbox.allowedHosts' | 'inbox.setAllowedHosts' | 'inbox.release'

export function inboxReleaseHandlers(
  { ports, hub, store, server, hosts }: Pick<Parts, 'ports' | 'hub' | 'store' | 'server' | 'hosts'>,
  running: Running<Dialogue>,
): Pick<Handlers, Names> {
  const { clock, log } = ports
  const openContent = (session: string, body: number) => store.openContent(session, body)
  return {
    'inbox.allowedHosts': async () => ({ hosts: await hosts.list() }),
    'inbox.setAllowedHosts': ({ hosts: typed }) => hosts.set(typed),
    'inbox.release': async (plan) => {
      const full = running.full()
      if (full !== null) return { ok: false, problems: [{ field: 'request', value: '', message: full }] }
      const started = await release(plan, { store, server, hosts, hub, clock, log, openContent })
      if (!started.ok) return started
      running.add(started.session, started, started.result)
      return { ok: true, session: started.session }
    },
  }
}
