/** Owns: the calls of the comparison of SMTP with an HTTP API. */
import type { Handlers } from '#shared/rpc/types.ts'
import { startVersus, type Versus } from '../versus/run.ts'
import type { Parts } from './parts.ts'
import type { Running } from './running.ts'

export function versusHandlers(
  { ports, hub, store, certs }: Pick<Parts, 'ports' | 'hub' | 'store' | 'certs'>,
  runs: Running<Versus>,
): Pick<Handlers, Extract<keyof Handlers, `versus.${string}`>> {
  return {
    'versus.start': async (plan) => {
      const full = runs.full()
      if (full !== null) return { ok: false, problems: [{ field: 'request', value: '', message: full }] }
      const started = await startVersus(plan, { hub, store, certs, clock: ports.clock, log: ports.log })
      if (!started.ok) return started
      runs.add(started.id, started, started.result)
      return { ok: true, id: started.id }
    },
    'versus.progress': ({ id }) => runs.get(id).progress,
    'versus.result': ({ id }) => runs.get(id).result,
    'versus.cancel': ({ id }) => {
      runs.get(id).cancel()
      return {}
    },
  }
}
