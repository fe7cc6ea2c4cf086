/** Owns: starting probes and telling what they found. */
import type { Handlers } from '#shared/rpc/types.ts'
import { type Probe, startProbe } from '../probe/index.ts'
import type { Parts } from './parts.ts'
import type { Running } from './running.ts'

export function probeHandlers(
  { ports, hub }: Pick<Parts, 'ports' | 'hub'>,
  running: Running<Probe>,
): Pick<Handlers, Extract<keyof Handlers, `probe.${string}`>> {
  return {
    'probe.start': (request) => {
      const full = running.full()
      if (full !== null) return { ok: false, problems: [{ field: 'request', value: '', message: full }] }
      const started = startProbe(request, { hub, clock: ports.clock, log: ports.log })
      if (!started.ok) return started
      running.add(started.id, started, started.report)
      return { ok: true, id: started.id }
    },
    'probe.results': ({ id }) => running.get(id).results,
    'probe.progress': ({ id }) => running.get(id).progress,
    'probe.report': ({ id }) => running.get(id).report,
    'probe.cancel': ({ id }) => {
      running.get(id).cancel()
      return { ok: true }
    },
  }
}
