/** Owns: starting probes, telling what they found, and the list of those that ran. */
import { notFound, RpcError } from '#shared/rpc/error.ts'
import type { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { ProbeHistory } from '../probe/history.ts'
import { type Probe, startProbe } from '../probe/index.ts'
import type { Parts } from './parts.ts'
import type { Running } from './running.ts'

export function probeHandlers(
  { ports, hub, store }: Pick<Parts, 'ports' | 'hub' | 'store'>,
  running: Running<Probe>,
): Pick<Handlers, Extract<keyof Handlers, `probe.${string}`>> {
  const history = new ProbeHistory({ store, log: ports.log })
  return {
    'probe.start': (request) => {
      const full = running.full()
      if (full !== null) return { ok: false, problems: [{ field: 'request', value: '', message: full }] }
      const started = startProbe(request, { hub, clock: ports.clock, log: ports.log })
      if (!started.ok) return started
      // The store is closed only after its report is in it.
      running.add(started.id, started, history.follow(started.begun, started.report))
      return { ok: true, id: started.id }
    },
    'probe.results': ({ id }) => running.get(id).results,
    'probe.progress': ({ id }) => running.get(id).progress,
    'probe.report': ({ id }) => running.find(id)?.report ?? storedReport(history, id),
    'probe.cancel': ({ id }) => {
      running.get(id).cancel()
      return { ok: true }
    },
    'probe.list': async ({ limit }) => ({ probes: await history.list(limit) }),
    'probe.delete': async ({ ids }) => {
      const removed = await history.remove(ids)
      for (const id of removed.ids) running.forget(id)
      return { deleted: removed.deleted }
    },
    'probe.changes': () => history.changes,
  }
}

async function storedReport(history: ProbeHistory, id: string): Promise<ProbeReport> {
  const report = await history.report(id)
  if (report === null) throw notFound('Probe', id)
  if (report === 'damaged')
    throw new RpcError('not-found', `The stored report of probe ${id} is damaged. Test the host again.`)
  return report
}
